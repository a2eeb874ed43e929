using System.Buffers;
using FieldNet.Bedside.Scenarios;
using FieldNet.Bedside.Scoring;
using FieldNet.Telemetry.Records;
using FieldNet.Ward;
using FieldNet.Ward.Events;

namespace FieldNet.LoadBench.Scored;

/// <summary>One scenario, straight through a ward processor in memory.</summary>
internal sealed class ScenarioRun : IEventSink
{
    private readonly WardProcessor _processor;

    private ScenarioRun() => _processor = new WardProcessor(this);

    public List<WardEvent> Events { get; } = [];

    public long Records { get; private set; }

    public required Scenario Scenario { get; init; }

    public required Score Score { get; init; }

    public static ScenarioRun Of(Scenario scenario)
    {
        var run = new ScenarioRun { Scenario = scenario, Score = new Score() };
        scenario.Run(run.Apply, () => run._processor.NextDeadlineUs);
        run.Score.Add(Scorer.Of(EventLines.Starts(run.Events.Select(one => (one.Phase == EventPhase.Start, Scored(one)))), scenario.Labels));
        return run;
    }

    public void Take(WardEvent happened) => Events.Add(happened);

    public void WriteEvents(Stream output)
    {
        var line = new ArrayBufferWriter<byte>();
        foreach (var one in Events)
        {
            line.ResetWrittenCount();
            EventJson.WriteLine(one, line);
            output.Write(line.WrittenSpan);
        }
    }

    private static ScoredEvent Scored(WardEvent one) => new(
        one.Id, one.TimeUs, one.Kind, one.What, one.Subject, one.Cause, one.Beds,
        one.Evidence.FirstOrDefault(fact => fact.Name == "children").Value as string[] ?? []);

    private void Apply(in LogRecord record)
    {
        Records++;
        _processor.Apply(record);
    }
}

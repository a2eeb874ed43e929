using System.Diagnostics;
using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Sequencing;

/// <summary>Brings views up to date from the log, leaving out, for those that can be rebuilt, every record that is or turns out to be poisoned.</summary>
/// <remarks>Threading: the sequencer's, or the starting thread before there is one.</remarks>
internal sealed class LogReplay(IDisk disk, TopicTable topics, ProcessorBeat beat)
{
    private readonly HashSet<long> _quarantined = [.. QuarantinedRecords.Read(disk)];

    /// <summary>Applies the whole log to all views.</summary>
    /// <param name="before">Called before each record, with its kind and lane.</param>
    /// <param name="poison">Told of records found poisoned on the way.</param>
    public ReplaySummary Run(ViewStage stage, Action<RecordKind, LogLane> before, Action<long, Exception> poison)
    {
        var started = Stopwatch.GetTimestamp();
        long records = 0;
        using var reader = new LogReader(disk, topics);
        while (reader.TryRead(out var record))
        {
            beat.Beat();
            before(record.Kind, record.Lane);
            if (_quarantined.Contains(record.Number))
            {
                stage.ApplyPoisoned(in record);
                continue;
            }

            records++;
            stage.Apply(in record);
            foreach (var (view, error) in stage.Poisoned)
            {
                poison(record.Number, error);
                Rebuild(view, record.Number, poison);
            }
        }

        return new ReplaySummary(records, _quarantined.Count, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Rebuilds one view from everything before a record that made it throw.</summary>
    public void Rebuild(IQuarantineView view, long number, Action<long, Exception> poison)
    {
        _quarantined.Add(number);
        while (true)
        {
            long current = 0;
            try
            {
                view.Rebuild(apply =>
                {
                    using var reader = new LogReader(disk, topics) { Limit = number - 1 };
                    while (reader.TryRead(out var record))
                    {
                        beat.Beat();
                        current = record.Number;
                        if (!_quarantined.Contains(current))
                        {
                            apply(in record);
                        }
                    }

                    current = 0;
                });
                return;
            }
            catch (Exception e) when (current != 0 && _quarantined.Add(current))
            {
                // Without the first poisoned record another one throws: leave that out as well. Each turn adds one, so this ends.
                poison(current, e);
            }
        }
    }
}

using System.Diagnostics;
using FieldNet.Bedside;
using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Scenarios;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Subjects;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;
using FieldNet.Ward.Events;

namespace FieldNet.LoadBench.Detect;

/// <summary><c>bench detect</c>: what do 200 beds with every detector on cost?</summary>
/// <remarks>
/// A quiet ward over recorded 5G delays, in virtual time, on one thread. CPU time is that of the whole processor: decoding, state and ages are in it, so it is an upper bound
/// of what detection takes. Beside it the part that can be told apart: records on which deadlines are due, the end of each second's above all, at which detectors judge.
/// </remarks>
internal static class DetectBench
{
    public const string Verb = "detect";

    private const int Beds = 200, Runs = 3;
    private const double MostOfACore = 0.10;

    /// <summary>What detectors learn first, they have learnt; what grows at first, has grown.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(5);

    /// <returns>The exit code: 0 when every target is met.</returns>
    public static Task<int> RunAsync(bool quick, string? backgrounds, string? json) => BenchRun.RunAsync(json, report =>
    {
        try
        {
            Measure(report, Tape(backgrounds ?? Checkout.SharedData("link"), TimeSpan.FromMinutes(quick ? 1 : 5), out var sinceUs, out var lastingS), sinceUs, lastingS);
        }
        catch (SimulationException impossible)
        {
            throw new BenchException(impossible.Message);
        }

        return Task.CompletedTask;
    });

    private static WardTape Tape(string backgrounds, TimeSpan measured, out long sinceUs, out double lastingS)
    {
        var traces = DelayTraceReader.ReadFolder(backgrounds);
        var generator = new ScenarioGenerator(1, traces);
        var steady = traces.Select((trace, n) => (trace, n)).First(item => generator.IsSteady(item.trace)).n;
        var scenario = generator.Quiet(1, steady, WarmUp + measured, Beds);
        (sinceUs, lastingS) = (scenario.StartUs + (WarmUp.Ticks / TimeSpan.TicksPerMicrosecond), measured.TotalSeconds);
        return WardTape.Of(scenario, new Counter());
    }

    private static void Measure(Report report, WardTape tape, long sinceUs, double lastingS)
    {
        var from = tape.At(sinceUs);
        report.Add("beds", Beds);
        report.Add("records_per_s", (tape.Count - from) / lastingS);

        var (whole, deadlines) = (double.MaxValue, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var (cpuS, deadlinesS) = Time(tape, from);
            (whole, deadlines) = cpuS < whole ? (cpuS, deadlinesS) : (whole, deadlines);
        }

        report.Add("processor_cpu_us_per_record", whole * 1e6 / (tape.Count - from));
        report.Add("processor_cpu_core_share", whole / lastingS, Target.Below(MostOfACore));
        report.Add("of_it_seconds_and_deadlines_core_share", deadlines / lastingS);

        var allocation = new Allocation();
        allocation.Count(tape, from);
        allocation.Tell(report, lastingS);
    }

    /// <returns>CPU seconds of the whole process, collector included, and of them the seconds spent on records with deadlines.</returns>
    private static (double CpuS, double DeadlinesS) Time(WardTape tape, int from)
    {
        var processor = new WardProcessor(new Counter());
        for (var i = 0; i < from; i++)
        {
            processor.Apply(tape[i]);
        }

        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var ticks = 0L;
        for (var i = from; i < tape.Count; i++)
        {
            var record = tape[i];
            if (processor.NextDeadlineUs > record.LogTimeUs)
            {
                processor.Apply(record);
                continue;
            }

            var began = Stopwatch.GetTimestamp();
            processor.Apply(record);
            ticks += Stopwatch.GetTimestamp() - began;
        }

        process.Refresh();
        return ((process.TotalProcessorTime - before).TotalSeconds, ticks / (double)Stopwatch.Frequency);
    }

    private sealed class Counter : IEventSink
    {
        public long Events { get; private set; }

        public void Take(WardEvent happened) => Events++;
    }

    /// <summary>What a processor allocates: with records of bedsides, at the deadlines, and with what sources of the network said.</summary>
    private sealed class Allocation
    {
        private static readonly MessageKind[] PerBedside = [MessageKind.Wave, MessageKind.Vitals, MessageKind.Link];

        private readonly long[] _bytes = new long[PerBedside.Length], _records = new long[PerBedside.Length];
        private long _deadlineBytes, _otherBytes, _others;

        public void Count(WardTape tape, int from)
        {
            var processor = new WardProcessor(new Counter());
            for (var i = 0; i < tape.Count; i++)
            {
                var record = tape[i];
                var isDue = processor.NextDeadlineUs <= record.LogTimeUs;
                var before = GC.GetAllocatedBytesForCurrentThread();
                processor.Apply(record);
                var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                if (i >= from)
                {
                    Add(record, isDue, bytes);
                }
            }
        }

        public void Tell(Report report, double lastingS)
        {
            for (var kind = 0; kind < PerBedside.Length; kind++)
            {
                report.Add($"allocated_bytes_per_{PerBedside[kind].ToString().ToLowerInvariant()}_record", _bytes[kind] / (double)Math.Max(1, _records[kind]), Target.Below(1));
            }

            report.Add("allocated_bytes_per_second_of_deadlines", _deadlineBytes / lastingS);
            report.Add("other_records_per_s", _others / lastingS);
            report.Add("allocated_bytes_per_other_record", _otherBytes / (double)Math.Max(1, _others));
        }

        private void Add(in LogRecord record, bool isDue, long bytes)
        {
            var kind = record.Kind == RecordKind.Publish ? Array.IndexOf(PerBedside, record.Topic.Message) : -1;
            if (kind < 0 && record.Kind != RecordKind.Tick)
            {
                (_otherBytes, _others) = (_otherBytes + bytes, _others + 1);
            }
            else if (isDue)
            {
                _deadlineBytes += bytes;
            }
            else if (kind >= 0)
            {
                (_bytes[kind], _records[kind]) = (_bytes[kind] + bytes, _records[kind] + 1);
            }
        }
    }
}

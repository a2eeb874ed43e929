using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;
using Google.Protobuf;

namespace FieldNet.Ward.Tests;

/// <summary>A processor on a test bench: records go in at stated log times, events and tiles come out.</summary>
/// <remarks>Keeps what it applied, so that a test can apply it again elsewhere. Times are milliseconds after the bench's start.</remarks>
internal sealed class WardBench : IEventSink
{
    public const string Subject = "chu/icu1/bed-03/mon1";
    public const long StartUs = 1_795_000_000_000_000;

    private readonly TopicTable _topics = new();
    private readonly Dictionary<string, ulong> _seq = [];

    public WardBench(WardState? checkpoint = null) => Processor = new WardProcessor(this, checkpoint);

    public WardProcessor Processor { get; }

    public List<WardEvent> Events { get; } = [];

    public List<BenchRecord> Applied { get; } = [];

    /// <summary>The longest that one record took.</summary>
    public double LongestMs { get; private set; }

    public uint Epoch { get; set; } = 1;

    public BedView Bed => Processor.Snapshot().Beds.Single();

    public IEnumerable<string> EventNames => Events.Select(e => $"{e.Kind}/{e.What} {e.Phase.ToString().ToLowerInvariant()} {e.Severity.ToString().ToLowerInvariant()}");

    public void Take(WardEvent happened) => Events.Add(happened);

    public void AgentStart(long ms, byte[]? settings = null) => Apply(new BenchRecord(
        RecordKind.AgentStart, ms, "", 0, settings is null ? "{}"u8.ToArray() : [.. "{\"settings\":"u8, .. settings, .. "}"u8]));

    public void Tick(long ms) => Apply(new BenchRecord(RecordKind.Tick, ms, "", 0, []));

    public void Stall(long ms, long stalledMs) =>
        Apply(new BenchRecord(RecordKind.Clock, ms, "", 0, Encoding.UTF8.GetBytes($$"""{"what":"stall","stalled_us":{{stalledMs * 1000}}}""")));

    public void Close(long ms, long connection, bool leave) =>
        Apply(new BenchRecord(RecordKind.Close, ms, "", connection, Encoding.UTF8.GetBytes(leave ? """{"reason":"x","leave":true}""" : """{"reason":"x","leave":false}""")));

    public void Will(long ms) => Apply(new BenchRecord(RecordKind.Will, ms, $"fieldnet/v1/{Subject}/status", 1, new DeviceStatus { State = DeviceStatus.Types.State.Offline }.ToByteArray()));

    public Refusal Vitals(long ms, double heartRate = 72, long connection = 1, string subject = Subject, Action<Vitals>? also = null)
    {
        var vitals = new Vitals { Stamp = NextStamp(subject + "/vitals", ms) };
        vitals.Numerics.Add(new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = heartRate });
        vitals.Numerics.Add(new Numeric { Signal = "MDC_PULS_OXIM_SAT_O2", Value = 97 });
        also?.Invoke(vitals);
        return Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{subject}/vitals", connection, vitals.ToByteArray()));
    }

    public Refusal Wave(long ms, string signal = "MDC_ECG_ELEC_POTL_II", long connection = 2, string subject = Subject, Action<WaveChunk>? also = null)
    {
        var samples = new byte[64 * 2];
        for (var i = 0; i < 64; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(samples.AsSpan(2 * i), (short)(i * 10));
        }

        var chunk = new WaveChunk { Stamp = NextStamp($"{subject}/{signal}", ms), SamplePeriodUs = 4000, Gain = 0.005, Unit = "mV", Samples = ByteString.CopyFrom(samples) };
        also?.Invoke(chunk);
        return Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{subject}/wave/{signal}", connection, chunk.ToByteArray()));
    }

    public Refusal Alarms(long ms, bool complete, params AlarmCondition[] conditions) => Alarms(ms, complete, historicalMs: null, conditions);

    /// <param name="historicalMs">When it was current, of a report out of a backlog.</param>
    public Refusal Alarms(long ms, bool complete, long? historicalMs, params AlarmCondition[] conditions)
    {
        var report = new AlarmReport { Stamp = NextStamp(Subject + "/alarm", ms), Complete = complete };
        if (historicalMs is { } then)
        {
            (report.Stamp.Historical, report.Stamp.DeviceTimeUs) = (true, StartUs + (then * 1000) - 3000);
        }

        report.Conditions.AddRange(conditions);
        return Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{Subject}/alarm", 1, report.ToByteArray()));
    }

    /// <summary>An alarm report gets lost, or comes later.</summary>
    public void SkipAlarmReport() => NextStamp(Subject + "/alarm", 0);

    /// <summary>An alarm report that was sent that many reports ago.</summary>
    public Refusal LateAlarms(long ms, ulong ago, bool complete, params AlarmCondition[] conditions)
    {
        var report = new AlarmReport { Stamp = new Stamp { Epoch = Epoch, Seq = _seq[Subject + "/alarm"] - ago }, Complete = complete };
        report.Conditions.AddRange(conditions);
        return Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{Subject}/alarm", 1, report.ToByteArray()));
    }

    public Refusal Status(long ms, DeviceStatus.Types.State state) =>
        Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{Subject}/status", 1, new DeviceStatus { State = state }.ToByteArray()));

    /// <summary>A gateway's report of its radio and of whom it serves.</summary>
    public Refusal Link(long ms, string gateway, Action<LinkReport> say, long connection = 5)
    {
        var report = new LinkReport { Stamp = NextStamp(gateway + "/link", ms) };
        say(report);
        return Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{gateway}/link", connection, report.ToByteArray()));
    }

    /// <summary>What a source of the 5G side said.</summary>
    public void Network(long ms, NetworkReport report) => Apply(new BenchRecord(RecordKind.Network, ms, "", 0, report.ToJson()));

    public Refusal Publish(long ms, string topic, byte[] payload) => Apply(new BenchRecord(RecordKind.Publish, ms, topic, 9, payload));

    public static AlarmCondition Condition(string id = "a1", AlarmCondition.Types.Priority priority = AlarmCondition.Types.Priority.High) => new()
    {
        Id = id,
        Event = "MDC_EVT_ECG_V_TACHY",
        Kind = AlarmCondition.Types.Kind.Physiological,
        Priority = priority,
        Present = true,
        Text = "VT",
    };

    /// <summary>Waves and vitals at their usual pace over a span.</summary>
    public void Live(long fromMs, long toMs)
    {
        for (var ms = fromMs; ms < toMs; ms += 256)
        {
            Wave(ms);
            if ((ms - fromMs) % 1024 == 0)
            {
                Vitals(ms + 1);
            }
        }
    }

    public Refusal Apply(BenchRecord record)
    {
        Applied.Add(record);
        var since = Stopwatch.GetTimestamp();
        var refusal = Processor.Apply(new LogRecord
        {
            Number = Processor.State.Record + 1,
            LogTimeUs = StartUs + (record.Ms * 1000),
            ReceiveTimeUs = StartUs + ((record.ReceivedMs ?? record.Ms) * 1000),
            Kind = record.Kind,
            Connection = record.Connection,
            Retain = record.Retain,
            Client = "client",
            Topic = record.Topic.Length == 0 ? Topic.None : _topics.Intern(Encoding.UTF8.GetBytes(record.Topic)),
            Payload = record.Payload,
        });
        LongestMs = Math.Max(LongestMs, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        return refusal;
    }

    private Stamp NextStamp(string stream, long ms)
    {
        var seq = _seq[stream] = _seq.GetValueOrDefault(stream) + 1;
        return new Stamp { Epoch = Epoch, Seq = seq, SentTimeUs = StartUs + (ms * 1000) - 3000, Mode = Stamp.Types.Mode.Demo };
    }
}

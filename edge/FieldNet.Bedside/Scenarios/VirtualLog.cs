using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Bedside.Scenarios;

/// <summary>The agent's end in virtual time: numbers what arrives, ticks in idle moments, and stands still when it is told to.</summary>
/// <param name="startUs">UTC of the scenario's time 0.</param>
internal sealed class VirtualLog(long startUs, RecordAction apply, Func<long> nextDeadlineUs)
{
    private const long IdleTickUs = 1_000_000;

    /// <summary>A deadline that is put off is asked for again no sooner than this.</summary>
    private const long SoonestTickUs = 10_000;

    private long _lastUs;
    private long _pausedUntilUs, _downUntilUs;

    public TopicTable Topics { get; } = new();

    public long Records { get; private set; }

    public long UtcUs(long nowUs) => startUs + nowUs;

    /// <summary>Reads nothing before that time.</summary>
    public void PauseUntil(long untilUs) => _pausedUntilUs = Math.Max(_pausedUntilUs, untilUs);

    /// <summary>Is not there until then: nothing is logged, no tick either.</summary>
    public void BeDownUntil(long untilUs) => _downUntilUs = untilUs;

    public void Own(RecordKind kind, long nowUs, ReadOnlySpan<byte> payload = default) => Add(kind, nowUs, 0, "", Topic.None, payload);

    public void Add(RecordKind kind, long nowUs, long connection, string client, Topic topic, ReadOnlySpan<byte> payload, byte qos = 0, bool retain = false)
    {
        if (nowUs < _downUntilUs)
        {
            return;
        }
        nowUs = Math.Max(Math.Max(nowUs, _lastUs), _pausedUntilUs);
        if (kind != RecordKind.AgentStart)
        {
            TickUntil(nowUs);
        }
        Apply(kind, nowUs, connection, client, topic, payload, qos, retain);
    }

    /// <summary>Lets time move while nothing arrives.</summary>
    public void TickUntil(long nowUs)
    {
        while (true)
        {
            long deadlineUs = nextDeadlineUs() - startUs;
            long next = Math.Min(_lastUs + IdleTickUs, Math.Max(deadlineUs, _lastUs + SoonestTickUs));
            if (Records == 0 || next >= nowUs)
            {
                return;
            }
            next = Math.Max(next, _pausedUntilUs);
            if (next >= nowUs)
            {
                return;
            }
            Apply(RecordKind.Tick, next, 0, "", Topic.None, default, 0, false);
        }
    }

    private void Apply(RecordKind kind, long nowUs, long connection, string client, Topic topic, ReadOnlySpan<byte> payload, byte qos, bool retain)
    {
        _lastUs = nowUs;
        apply(new LogRecord
        {
            Number = ++Records,
            LogTimeUs = startUs + nowUs,
            ReceiveTimeUs = startUs + nowUs,
            Kind = kind,
            Connection = connection,
            Client = client,
            Topic = topic,
            Qos = qos,
            Retain = retain,
            Payload = payload,
        });
    }
}

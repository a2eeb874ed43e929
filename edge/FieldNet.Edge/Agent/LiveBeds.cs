using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Views;

namespace FieldNet.Edge.Agent;

/// <summary>Notes which beds have been live since the agent's start, and when the first was.</summary>
/// <remarks>Threading: fed on the sequencer thread, read on any.</remarks>
internal sealed class LiveBeds(IWardViews views, ILogClock clock, TimeProvider time) : IRecordView, IBatchView
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _lookedUs;
    private long _firstLiveTicks;
    private int _everLive;
    private int _liveNow;

    public int EverLive => Volatile.Read(ref _everLive);

    public int LiveNow => Volatile.Read(ref _liveNow);

    /// <summary>When a bed was live for the first time; null until then.</summary>
    public DateTimeOffset? FirstLive => Volatile.Read(ref _firstLiveTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record) => Refusal.None;

    /// <inheritdoc/>
    public void BatchEnd()
    {
        var now = clock.NowUs;
        if (now - _lookedUs < 100_000)
        {
            return;
        }

        _lookedUs = now;
        var live = 0;
        foreach (var bed in views.Snapshot().Beds)
        {
            if (bed.State == BedCondition.Live)
            {
                live++;
                _seen.Add(bed.Key);
            }
        }

        Volatile.Write(ref _liveNow, live);
        Volatile.Write(ref _everLive, _seen.Count);
        if (live > 0 && _firstLiveTicks == 0)
        {
            Volatile.Write(ref _firstLiveTicks, time.GetUtcNow().Ticks);
        }
    }
}

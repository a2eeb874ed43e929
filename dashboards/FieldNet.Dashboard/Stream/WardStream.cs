using System.Buffers;
using System.Runtime.CompilerServices;
using FieldNet.Dashboard.Feed;
using FieldNet.Telemetry.Ingress;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace FieldNet.Dashboard.Stream;

/// <summary>The page's stream, for the hub and for viewers inside the agent's own process.</summary>
/// <remarks>
/// Full policy: a viewer that reads slowly gets fewer frames and the same truth; nothing is queued for it.
/// Threading: any; each enumerator is one viewer's own.
/// </remarks>
public sealed class WardStream
{
    private readonly WardFeed _feed;
    private readonly WardBroadcaster _broadcaster;
    private readonly ILogClock _clock;
    private readonly DashboardMetrics _metrics;
    private readonly int _maxViewers;

    internal WardStream(
        WardFeed feed, WardBroadcaster broadcaster, ILogClock clock, DashboardMetrics metrics, IOptions<DashboardOptions> options)
    {
        (_feed, _broadcaster, _clock, _metrics) = (feed, broadcaster, clock, metrics);
        _maxViewers = options.Value.MaxViewers;
    }

    /// <summary>How long records took from their sender's socket to a viewer's stream, since the start.</summary>
    public StreamLatency Latency { get; } = new();

    /// <summary>How many watch now.</summary>
    public int Viewers => _metrics.Viewers;

    /// <summary>A full frame at once, then changes ten times a second until cancelled.</summary>
    /// <exception cref="HubException">The bed's name can't be one, or too many watch already; the message is for the page.</exception>
    public IAsyncEnumerable<WardFrame> WatchAsync(WatchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Bed is not null && !BedName.IsValid(request.Bed))
        {
            throw new HubException("A bed is named WARD/BED, such as icu1/bed-03: letters, digits, '-' and '_'.");
        }

        return FramesAsync(request, cancellationToken);
    }

    private async IAsyncEnumerable<WardFrame> FramesAsync(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var viewer = new Viewer(request.Bed, request.Network);
        var seen = long.MaxValue;
        try
        {
            if (_metrics.ViewerCame() > _maxViewers)
            {
                _metrics.ViewerRefused();
                throw new HubException($"{_maxViewers} screens watch this agent already; close one, or raise its limit of viewers.");
            }

            await foreach (var tick in _broadcaster.Ticks.Newest(cancellationToken).ConfigureAwait(false))
            {
                var frame = viewer.Next(tick);

                // What a full frame brings is history, however fast it came.
                Measure(frame.Full ? frame.Record : seen, frame.Record);
                seen = frame.Record;
                yield return frame;
            }
        }
        finally
        {
            _metrics.ViewerLeft();
        }
    }

    private void Measure(long after, long through)
    {
        _metrics.FrameSent();
        if (through <= after)
        {
            return;
        }

        var sentUs = ArrayPool<long>.Shared.Rent(SentTimes.Capacity);
        var nowUs = _clock.NowUs;
        foreach (var each in sentUs.AsSpan(0, _feed.Sent.Copy(after, through, sentUs)))
        {
            if (Latency.Add(nowUs - each))
            {
                _metrics.Delivered(nowUs - each);
            }
        }

        ArrayPool<long>.Shared.Return(sentUs);
    }
}

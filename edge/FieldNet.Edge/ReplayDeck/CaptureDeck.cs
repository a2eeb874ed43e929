using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using FieldNet.Dashboard.Replay;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>The replays that run beside the live ward.</summary>
/// <remarks>
/// Full policy: at most <see cref="MaxReplays"/>; one that nobody watches gives way to a new one. Threading: any thread.
/// Lifetime: disposing ends them all.
/// </remarks>
internal sealed class CaptureDeck : IReplayDeck, IDisposable
{
    public const int MaxReplays = 2;

    private readonly Lock _gate = new();
    private readonly List<Reel> _reels = [];
    private readonly CaptureShelf _shelf;
    private readonly TimeProvider _time;
    private readonly Meter _meter = new("FieldNet.Replay");

    public CaptureDeck(CaptureShelf shelf, TimeProvider time)
    {
        (_shelf, _time) = (shelf, time);
        _meter.CreateObservableUpDownCounter("fieldnet.replay.open", () => Running().Count, "{replay}", "Replays open on the replay page");
    }

    public IReadOnlyList<CaptureDto> Captures() => [.. _shelf.List().Select(capture => capture.Offer)];

    public IReplay? Open(string capture)
    {
        if (_shelf.Find(capture) is not { } found)
        {
            return null;
        }

        lock (_gate)
        {
            var running = Running();
            if (running.Count == MaxReplays && running.Find(reel => !reel.IsWatched) is { } unwatched)
            {
                unwatched.Finish();
                running = Running();
            }

            if (running.Count == MaxReplays)
            {
                return null;
            }

            var reel = new Reel(RandomNumberGenerator.GetHexString(12, lowercase: true), found, _time);
            _reels.Add(reel);
            return reel;
        }
    }

    public IReplay? Find(string session)
    {
        lock (_gate)
        {
            return Running().Find(reel => string.Equals(reel.Session, session, StringComparison.Ordinal));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _reels.ForEach(reel => reel.Finish());
        }

        _meter.Dispose();
    }

    private List<Reel> Running()
    {
        lock (_gate)
        {
            _reels.RemoveAll(reel => reel.HasEnded);
            return [.. _reels];
        }
    }
}

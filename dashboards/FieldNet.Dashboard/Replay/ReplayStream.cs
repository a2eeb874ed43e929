using System.Runtime.CompilerServices;
using FieldNet.Dashboard.Stream;
using Microsoft.AspNetCore.SignalR;

namespace FieldNet.Dashboard.Replay;

/// <summary>The frames of one viewer of a replay.</summary>
/// <remarks>Full policy: as the live stream's: nothing is queued, a slow viewer gets fewer frames and the same truth. Threading: any.</remarks>
internal sealed class ReplayStream(IReplayDeck deck, TimeProvider time)
{
    /// <summary>Faster than this nobody can read a waveform, and its samples would be most of the traffic.</summary>
    public const double MostWaveSpeed = 10;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>A frame at once, then ten a second until cancelled or until the replay ends.</summary>
    /// <exception cref="HubException">No such replay, or no such name of a bed.</exception>
    public IAsyncEnumerable<ReplayFrame> WatchAsync(ReplayWatchRequest request, CancellationToken cancellationToken)
    {
        if (request.Bed is not null && !BedName.IsValid(request.Bed))
        {
            throw new HubException("A bed is named WARD/BED, such as icu1/bed-03: letters, digits, '-' and '_'.");
        }

        var replay = deck.Find(request.Session) ?? throw new HubException("This replay has ended; open the capture again.");
        return FramesAsync(replay, request, cancellationToken);
    }

    private async IAsyncEnumerable<ReplayFrame> FramesAsync(
        IReplay replay, ReplayWatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var joined = replay.Join();
        using var timer = new PeriodicTimer(Every, time);
        var shown = (Picture: default(ReplayPicture), PaperSpeed: 0d);
        var viewer = new Viewer(request.Bed, request.Network);
        do
        {
            var (state, picture, hasEnded) = replay.Now;
            if (hasEnded)
            {
                yield break;
            }

            // Waveforms are drawn at the speed of the replay, a still picture at their own: at a change they come anew.
            var wanted = (picture, PaperSpeed: state.State == "playing" ? state.Speed : 1);
            if (wanted != shown)
            {
                (shown, viewer) = (wanted, new Viewer(wanted.PaperSpeed is > 0 and <= MostWaveSpeed ? request.Bed : Viewer.NoWaves, request.Network));
            }

            yield return new ReplayFrame(state, picture?.Newest() is { } tick ? viewer.Next(tick) : null);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }
}

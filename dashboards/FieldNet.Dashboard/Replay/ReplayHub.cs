using Microsoft.AspNetCore.SignalR;

namespace FieldNet.Dashboard.Replay;

/// <summary>The replay page's entry point, <c>/hub/replay</c>, apart from the live ward's: translation only.</summary>
internal sealed class ReplayHub(ReplayStream stream) : Hub
{
    /// <summary>Streams a replay until the page leaves or it ends.</summary>
    /// <exception cref="HubException">See <see cref="ReplayStream.WatchAsync"/>.</exception>
    public IAsyncEnumerable<ReplayFrame> Watch(ReplayWatchRequest? request, CancellationToken cancellationToken) =>
        stream.WatchAsync(request ?? new ReplayWatchRequest("", null), cancellationToken);
}

using Microsoft.AspNetCore.SignalR;

namespace FieldNet.Dashboard.Stream;

/// <summary>The page's entry point, <c>/hub/ward</c>: translation only, no state, no rules.</summary>
public sealed class WardHub(WardStream stream) : Hub
{
    /// <summary>Streams the ward until the page leaves.</summary>
    /// <exception cref="HubException">See <see cref="WardStream.WatchAsync"/>.</exception>
    public IAsyncEnumerable<WardFrame> Watch(WatchRequest? request, CancellationToken cancellationToken) =>
        stream.WatchAsync(request ?? new WatchRequest(null), cancellationToken);
}

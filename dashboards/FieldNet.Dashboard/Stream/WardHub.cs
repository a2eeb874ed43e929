using FieldNet.Dashboard.Network;
using Microsoft.AspNetCore.SignalR;

namespace FieldNet.Dashboard.Stream;

/// <summary>The page's entry point, <c>/hub/ward</c>: translation only, no state, no rules.</summary>
internal sealed class WardHub(WardStream stream, AlarmPathReceipts receipts) : Hub
{
    /// <summary>Streams the ward until the page leaves.</summary>
    /// <exception cref="HubException">See <see cref="WardStream.WatchAsync"/>.</exception>
    public IAsyncEnumerable<WardFrame> Watch(WatchRequest? request, CancellationToken cancellationToken) =>
        stream.WatchAsync(request ?? new WatchRequest(null), cancellationToken);

    /// <summary>A wall has drawn the frame that named this TEST alarm of the watchdog; what can't be true changes nothing.</summary>
    public void Seen(string? ward, long sequence) => receipts.Take(Context.Items, Context.ConnectionId, ward, sequence);

    /// <summary>The page is in the background now: it draws nothing.</summary>
    public void Hidden() => receipts.Left(Context.Items, Context.ConnectionId);

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Hidden();
        return base.OnDisconnectedAsync(exception);
    }
}

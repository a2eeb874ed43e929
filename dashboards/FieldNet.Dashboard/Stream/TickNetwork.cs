using FieldNet.Dashboard.Network;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>The network as it has been since tick <paramref name="changedAt"/>, translated once, and whole only when a viewer asks.</summary>
/// <remarks>Threading: any; two viewers may translate it at once, and either serves.</remarks>
internal sealed class TickNetwork(NetworkView view, long changedAt)
{
    private NetworkDto? _whole;

    public NetworkView View => view;

    public long ChangedAt => changedAt;

    public IReadOnlyList<IncidentMarkDto> Incidents { get; } = view.OpenIncidents();

    public IReadOnlyList<WatchdogMarkDto> Watchdogs { get; } = view.WatchdogMarks();

    public NetworkDto Whole => _whole ??= view.ToDto();
}

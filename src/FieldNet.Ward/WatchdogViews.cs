using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward;

/// <summary>Draws the alarm path's watchdog.</summary>
internal static class WatchdogViews
{
    public static IReadOnlyList<WatchdogView> Draw(WardState ward) => ward.Network.Watchdogs.ConvertAll(Draw);

    private static WatchdogView Draw(WatchdogState state) => new(
        state.Ward,
        state.SentUs,
        [
            new("endpoint", state.EndpointMs),
            new("committed", state.CommittedMs),
            new("processor", state.ProcessorMs),
            new("page", state.PageMs),
        ],
        state.Incident.Length > 0)
    {
        Sequence = state.ProcessorMs is null ? 0 : state.Sequence,
    };
}

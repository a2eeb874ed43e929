using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward;

/// <summary>Draws what the network page shows.</summary>
internal static class NetworkViews
{
    public static NetworkView Draw(WardState ward) => NetworkView.Empty with { Record = ward.Record, LogTimeUs = ward.LogTimeUs, Watchdogs = WatchdogViews.Draw(ward) };
}

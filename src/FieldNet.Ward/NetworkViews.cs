using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward;

/// <summary>Draws what the network page shows.</summary>
internal static class NetworkViews
{
    public static NetworkView Draw(WardState ward) => new()
    {
        Record = ward.Record,
        LogTimeUs = ward.LogTimeUs,
        Sources = SourceViews.Draw(ward),
        Paths = PathViews.Draw(ward),
        Incidents = IncidentViews.Draw(ward),
        Watchdogs = WatchdogViews.Draw(ward),
    };
}

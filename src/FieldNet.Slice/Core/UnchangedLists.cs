using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Core;

/// <summary>Leaves a report's lists out while they are as they were, for ten seconds at most: they are most of its bytes and seldom change.</summary>
/// <remarks>Clock: none of its own. Threading: single caller.</remarks>
internal sealed class UnchangedLists
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(10);

    private byte[] _told = [];
    private DateTimeOffset _due;

    public NetworkReport Without(NetworkReport report, DateTimeOffset now)
    {
        var lists = new NetworkReport { Source = "", Kind = report.Kind, Subscribers = report.Subscribers, Sessions = report.Sessions, Gnbs = report.Gnbs }.ToJson();
        if (now < _due && _told.Length > 0 && lists.AsSpan().SequenceEqual(_told))
        {
            return report with { Subscribers = null, Sessions = null, Gnbs = null, LeftOut = null, ListsUnchanged = true };
        }

        (_told, _due) = (lists, now + RepeatEvery);
        return report;
    }
}

using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Stream;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Replay;

/// <summary>The ward of one replay since its last jump in time, as viewers see it: every bed of it marked as replay.</summary>
/// <remarks>
/// Lifetime: a new one for each jump, so that every viewer starts anew with a full frame. Threading: any thread.
/// </remarks>
/// <param name="feed">The replay's own.</param>
public sealed class ReplayPicture(WardFeed feed)
{
    private readonly Lock _lock = new();
    private readonly TickBuilder _builder = new(feed.Waves, new ReplayedAgent(), DataMode.Replay);
    private Tick? _last;

    /// <summary>The feed's newest state; the same tick as before if nothing came since.</summary>
    /// <returns>Null before the first.</returns>
    internal Tick? Newest()
    {
        lock (_lock)
        {
            var snapshot = feed.Latest;
            if (snapshot != WardSnapshot.Empty && !ReferenceEquals(snapshot, _last?.Snapshot))
            {
                _last = _builder.Next(snapshot, feed.LatestNetwork);
            }

            return _last;
        }
    }

    /// <summary>What ails the running agent is none of the capture's.</summary>
    private sealed class ReplayedAgent : IAgentStatus
    {
        public string Version => "";

        public long StartedUs => 0;

        public IReadOnlyList<string> Faults => [];
    }
}

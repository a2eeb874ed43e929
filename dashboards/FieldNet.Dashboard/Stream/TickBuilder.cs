using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Feed;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>Makes each tick from a snapshot and the tick before: only beds that changed are translated again.</summary>
/// <remarks>Threading: any, one at a time (the stream may be resubscribed while its last tick is still being built).</remarks>
/// <param name="least">Mode that every bed and the agent have at least: a replay's, whatever its capture was.</param>
internal sealed class TickBuilder(WaveStore waves, IAgentStatus agent, DataMode least = DataMode.Real)
{
    private readonly Lock _lock = new();
    private Tick _last = new(0, 0, WardSnapshot.Empty, [], new AgentDto("", "", 0, []), 0, waves, new TickNetwork(NetworkView.Empty, 0));

    public Tick Next(WardSnapshot snapshot, NetworkView network)
    {
        lock (_lock)
        {
            var number = _last.Number + 1;
            var beds = new TickBed[snapshot.Beds.Count];
            for (var i = 0; i < beds.Length; i++)
            {
                var before = i < _last.Beds.Length ? _last.Beds[i] : null;
                beds[i] = ReferenceEquals(before?.View, snapshot.Beds[i]) ? before : TickBed.Of(snapshot.Beds[i], snapshot.Site, number, least);
            }

            var now = AgentOf(agent, snapshot, least);
            var same = now with { Faults = _last.Agent.Faults } == _last.Agent && now.Faults.SequenceEqual(_last.Agent.Faults);
            _last = new Tick(
                number, _last.Record, snapshot, beds, same ? _last.Agent : now, same ? _last.AgentChangedAt : number, waves,
                ReferenceEquals(network, _last.Network.View) ? _last.Network : new TickNetwork(network, number));
            return _last;
        }
    }

    /// <summary>The agent as every screen must show it: one bed that is not real marks them all.</summary>
    public static AgentDto AgentOf(IAgentStatus agent, WardSnapshot snapshot, DataMode least = DataMode.Real)
    {
        var mode = snapshot.Beds.Select(bed => bed.Mode).Append(least).Max();
        return new AgentDto(agent.Version, mode.Word(), BedTranslation.ToMs(agent.StartedUs), agent.Faults);
    }
}

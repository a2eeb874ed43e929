using FieldNet.Telemetry;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>A run of refusals of one kind from one sender: one event, however many messages.</summary>
public sealed class RefusalEpisode
{
    public required Episode Episode { get; set; }

    public Refusal Reason { get; set; }

    public long Count { get; set; }

    public long LastUs { get; set; }
}

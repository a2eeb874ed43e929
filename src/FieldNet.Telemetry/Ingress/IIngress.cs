namespace FieldNet.Telemetry.Ingress;

/// <summary>The sequencer's side that connections see.</summary>
/// <remarks>Threading: any thread.</remarks>
public interface IIngress
{
    ILogClock Clock { get; }

    /// <summary>A number that no connection of this log had before.</summary>
    long NextConnection();

    /// <summary>Opens the bounded ring of one connection.</summary>
    /// <param name="connection">From <see cref="NextConnection"/>.</param>
    /// <param name="client">MQTT client identifier, already settled (assigned if the client sent none).</param>
    /// <param name="owner">Told on the sequencer thread what became of each arrival.</param>
    IIngressLane OpenLane(long connection, string client, IArrivalOwner owner);

    /// <summary>Records and counts something refused before it could be a message (half-open, malformed, too large).</summary>
    /// <remarks>Loss: when the small shared ring is full the refusal is counted but not logged.</remarks>
    void Refuse(Refusal reason, long connection, string client, string address, string detail);
}

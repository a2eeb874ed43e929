namespace FieldNet.Telemetry.Ingress;

/// <summary>The bounded ring between one connection (one writer) and the sequencer (one reader).</summary>
/// <remarks>Full policy: wait. The connection stops reading its socket and TCP pushes back.</remarks>
public interface IIngressLane : IDisposable
{
    /// <summary>Copies the arrival into the ring.</summary>
    /// <returns>False when there is no room now; nothing was copied. An arrival larger than the whole ring throws.</returns>
    bool TryPost(in Arrival arrival);

    /// <summary>Completes when room may be there again.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellationToken);
}

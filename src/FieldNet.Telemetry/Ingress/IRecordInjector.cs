using FieldNet.Telemetry.Records;

namespace FieldNet.Telemetry.Ingress;

/// <summary>Lets a view on the sequencer thread add a record right behind the one being applied (a Will behind its Close).</summary>
/// <remarks>Threading: only from within <see cref="IRecordView.Apply"/>.</remarks>
public interface IRecordInjector
{
    /// <summary>The record is numbered next, with the connection and client given.</summary>
    void Inject(in Arrival arrival, long connection, string client);
}

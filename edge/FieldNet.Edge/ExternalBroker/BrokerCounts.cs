using System.Diagnostics.Metrics;

namespace FieldNet.Edge.ExternalBroker;

/// <summary>What happened on the link to the broker, at <c>/metrics</c> (docs/operations.md).</summary>
/// <remarks>Threading: any thread.</remarks>
internal sealed class BrokerCounts : IDisposable
{
    private readonly Meter _meter = new("FieldNet.Broker");
    private long _connections;
    private long _received;
    private long _acknowledged;
    private long _secondCopies;

    public BrokerCounts(Func<bool> isConnected)
    {
        _meter.CreateObservableGauge("fieldnet.broker.connected", () => isConnected() ? 1 : 0, "{connection}", "1 while the broker has let us in");
        _meter.CreateObservableCounter("fieldnet.broker.connections", () => Volatile.Read(ref _connections), "{connection}", "How often the broker let us in");
        _meter.CreateObservableCounter("fieldnet.broker.received", () => Volatile.Read(ref _received), "{message}", "Messages from the broker");
        _meter.CreateObservableCounter("fieldnet.broker.acknowledged", () => AcknowledgementsSent, "{message}", "Messages answered behind their commit");
        _meter.CreateObservableCounter("fieldnet.broker.second_copies", () => Volatile.Read(ref _secondCopies), "{message}", "Messages sent again that had their record");
    }

    public long AcknowledgementsSent => Volatile.Read(ref _acknowledged);

    public void Connected() => Interlocked.Increment(ref _connections);

    public void Received(int count) => Interlocked.Add(ref _received, count);

    public void Acknowledged(int count) => Interlocked.Add(ref _acknowledged, count);

    public void SecondCopy() => Interlocked.Increment(ref _secondCopies);

    public void Dispose() => _meter.Dispose();
}

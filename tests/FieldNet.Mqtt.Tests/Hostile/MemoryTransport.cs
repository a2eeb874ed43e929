using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Transport;

namespace FieldNet.Mqtt.Tests.Hostile;

/// <summary>A connection of the real endpoint without a socket, so that millions of packets can be tried.</summary>
/// <remarks>Threading: the test's. What the server writes is only counted.</remarks>
internal sealed class MemoryTransport : ITransport
{
    private readonly MqttConnection _connection;
    private readonly ArrayBufferWriter<byte> _output = new();
    private byte[] _held = [];

    public MemoryTransport(MqttEndpoint endpoint) =>
        _connection = endpoint.Accept(this) ?? throw new InvalidOperationException("one connection too many");

    public EndPoint RemoteEndPoint { get; } = new IPEndPoint(new IPAddress([127, 0, 0, 9]), 9);

    public X509Certificate2? ClientCertificate => null;

    public void WakeWriter()
    {
    }

    public void WakeReader()
    {
    }

    /// <summary>Most bytes that the server wrote at a time.</summary>
    public int LargestWrite { get; private set; }

    /// <summary>All that it wrote.</summary>
    public long Written { get; private set; }

    /// <summary>Bytes arrive; whatever is owed is written.</summary>
    /// <returns>False when the connection has ended.</returns>
    public bool Feed(byte[] bytes)
    {
        byte[] all = [.. _held, .. bytes];
        var buffer = new ReadOnlySequence<byte>(all);
        var step = _connection.Receive(ref buffer);
        bool more;
        do
        {
            more = _connection.Write(_output);
            (LargestWrite, Written) = (Math.Max(LargestWrite, _output.WrittenCount), Written + _output.WrittenCount);
            _output.ResetWrittenCount();
        }
        while (more);

        _held = buffer.ToArray();
        return step != ReceiveStep.Ended && !_connection.IsEnded;
    }

    /// <summary>The peer goes.</summary>
    public void Close()
    {
        _connection.PeerClosed(reset: true);
        _connection.WriteFarewell(_output);
        Assert.True(_connection.CompleteAsync().IsCompletedSuccessfully);
    }
}

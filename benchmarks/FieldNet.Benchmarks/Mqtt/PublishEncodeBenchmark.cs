using System.Buffers;
using BenchmarkDotNet.Attributes;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Benchmarks.Mqtt;

/// <summary>What does writing a PUBLISH cost, plain and as one subscriber's copy? Budget: 0 B a message, under 100 ns at 128 B.</summary>
[MemoryDiagnoser]
public class PublishEncodeBenchmark
{
    private const int Messages = 1000;

    private readonly ArrayBufferWriter<byte> _output = new(4 * 1024 * 1024);
    private byte[] _payload = [];

    /// <summary>Content type and Message Expiry Interval.</summary>
    private static ReadOnlySpan<byte> Stored => "\x03\x00\x16application/x-protobuf\x02\x00\x00\x00\x3C"u8;

    /// <summary>Topic alias 3 and subscription identifier 7.</summary>
    private static ReadOnlySpan<byte> Own => [35, 0, 3, 11, 7];

    [Params(128, 1024)]
    public int PayloadBytes { get; set; }

    [Params(MqttProtocolVersion.V311, MqttProtocolVersion.V5)]
    public MqttProtocolVersion Version { get; set; }

    [GlobalSetup]
    public void Setup() => _payload = new byte[PayloadBytes];

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public int Encode()
    {
        _output.ResetWrittenCount();
        for (var i = 0; i < Messages; i++)
        {
            PublishSample.Of(_payload).Write(_output, Version);
        }

        return _output.WrittenCount;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int EncodeForOneSubscriber()
    {
        _output.ResetWrittenCount();
        for (var i = 0; i < Messages; i++)
        {
            new PublishPacket
            {
                Qos = 1,
                PacketId = 1,
                Properties = Stored,
                OwnProperties = Own,
                RemainingExpirySeconds = 42,
                Payload = _payload,
            }.Write(_output, Version);
        }

        return _output.WrittenCount;
    }
}

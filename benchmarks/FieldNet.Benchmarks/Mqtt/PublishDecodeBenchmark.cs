using System.Buffers;
using BenchmarkDotNet.Attributes;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Benchmarks.Mqtt;

/// <summary>What do framing and decoding a PUBLISH cost, and writing one? Budget: 0 B a message, under 200 ns at 128 B.</summary>
[MemoryDiagnoser]
public class PublishDecodeBenchmark
{
    private const int Messages = 1000;

    private readonly ArrayBufferWriter<byte> _output = new(4 * 1024 * 1024);
    private ReadOnlySequence<byte> _stream;
    private byte[] _payload = [];

    [Params(128, 1024)]
    public int PayloadBytes { get; set; }

    [Params(MqttProtocolVersion.V311, MqttProtocolVersion.V5)]
    public MqttProtocolVersion Version { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _payload = new byte[PayloadBytes];
        var stream = new ArrayBufferWriter<byte>();
        for (var i = 0; i < Messages; i++)
        {
            Message().Write(stream, Version);
        }

        _stream = new ReadOnlySequence<byte>(stream.WrittenMemory);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public int Frame()
    {
        var rest = _stream;
        var bytes = 0;
        while (MqttFramer.TryReadFrame(ref rest, 256 * 1024, out _, out var body) == FrameStatus.Complete)
        {
            bytes += (int)body.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int FrameAndDecode()
    {
        var rest = _stream;
        var bytes = 0;
        while (MqttFramer.TryReadFrame(ref rest, 256 * 1024, out var header, out var body) == FrameStatus.Complete)
        {
            PublishPacket.Read(header, body.FirstSpan, Version, MqttPropertyRules.PublishToServer, out var packet);
            bytes += packet.Payload.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int Encode()
    {
        _output.ResetWrittenCount();
        for (var i = 0; i < Messages; i++)
        {
            Message().Write(_output, Version);
        }

        return _output.WrittenCount;
    }

    private PublishPacket Message() => new()
    {
        Qos = 1,
        PacketId = 1,
        Topic = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals"u8,
        Properties = "\x03\x00\x16application/x-protobuf"u8,
        Payload = _payload,
    };
}

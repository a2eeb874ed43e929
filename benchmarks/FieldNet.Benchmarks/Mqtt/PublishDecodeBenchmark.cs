using System.Buffers;
using BenchmarkDotNet.Attributes;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Benchmarks.Mqtt;

/// <summary>What do framing and decoding a PUBLISH cost? Budget: 0 B a message, under 100 ns at any size.</summary>
/// <remarks>The bytes are gated by AllocationTests of the MQTT tests; the times are followed here.</remarks>
[MemoryDiagnoser]
public class PublishDecodeBenchmark
{
    private const int Messages = 1000;
    private const int MaxPacketBytes = 256 * 1024;

    private byte[] _bytes = [];

    [Params(128, 1024)]
    public int PayloadBytes { get; set; }

    [Params(MqttProtocolVersion.V311, MqttProtocolVersion.V5)]
    public MqttProtocolVersion Version { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var stream = new ArrayBufferWriter<byte>();
        for (var i = 0; i < Messages; i++)
        {
            PublishSample.Of(new byte[PayloadBytes]).Write(stream, Version);
        }

        _bytes = stream.WrittenSpan.ToArray();
    }

    /// <summary>From one piece, as the event loop has it.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public int FrameSpan()
    {
        ReadOnlySpan<byte> rest = _bytes;
        var bytes = 0;
        while (MqttFramer.TryReadFrame(rest, MaxPacketBytes, out _, out var body, out var packetBytes) == FrameStatus.Complete)
        {
            bytes += body.Length;
            rest = rest[packetBytes..];
        }

        return bytes;
    }

    /// <summary>From a sequence, as Kestrel's pipe has it.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int FrameSequence()
    {
        var rest = new ReadOnlySequence<byte>(_bytes);
        var bytes = 0;
        while (MqttFramer.TryReadFrame(ref rest, MaxPacketBytes, out _, out var body) == FrameStatus.Complete)
        {
            bytes += (int)body.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int FrameSpanAndDecode()
    {
        ReadOnlySpan<byte> rest = _bytes;
        var bytes = 0;
        while (MqttFramer.TryReadFrame(rest, MaxPacketBytes, out var header, out var body, out var packetBytes) == FrameStatus.Complete)
        {
            PublishPacket.Read(header, body, Version, MqttPropertyRules.PublishToServer, out var packet);
            bytes += packet.Payload.Length;
            rest = rest[packetBytes..];
        }

        return bytes;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;

namespace FieldNet.Benchmarks.Transport;

/// <summary>Frames what comes, answers CONNECT, PINGREQ and PUBLISH at QoS 1, and does nothing else: what a transport can do at most.</summary>
internal sealed class FramingProtocol(ITransport transport) : IProtocol
{
    private const int MaxPacketBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _answers = new(256);
    private bool _isEnded;

    public bool IsEnded => Volatile.Read(ref _isEnded);

    public TimeSpan FarewellTimeout => TimeSpan.FromSeconds(1);

    public ReceiveStep Receive(ref ReadOnlySequence<byte> buffer)
    {
        while (MqttFramer.TryReadFrame(ref buffer, MaxPacketBytes, out var header, out var body) == FrameStatus.Complete)
        {
            Answer(header, body);
        }

        if (_answers.WrittenCount > 0)
        {
            transport.WakeWriter();
        }

        return ReceiveStep.ReadMore;
    }

    public void PeerClosed(bool reset)
    {
        Volatile.Write(ref _isEnded, true);
        transport.WakeWriter();
        transport.WakeReader();
    }

    public bool Write(IBufferWriter<byte> output)
    {
        lock (_answers)
        {
            output.Write(_answers.WrittenSpan);
            _answers.ResetWrittenCount();
            return false;
        }
    }

    public void WriteFarewell(IBufferWriter<byte> output)
    {
    }

    public Task CompleteAsync() => Task.CompletedTask;

    private void Answer(byte header, ReadOnlySequence<byte> body)
    {
        switch (MqttFixedHeader.Type(header))
        {
            case MqttPacketType.Connect:
                Answer([0x20, 2, 0, 0]);
                break;
            case MqttPacketType.PingReq:
                Answer([0xD0, 0]);
                break;
            case MqttPacketType.Publish when (header & 0b0110) != 0:
                var head = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
                var id = head[(sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(head))..];
                Answer([0x40, 2, id[0], id[1]]);
                break;
        }
    }

    private void Answer(ReadOnlySpan<byte> packet)
    {
        // Kestrel's two loops may be on two threads; nobody else ever waits here.
        lock (_answers)
        {
            _answers.Write(packet);
        }
    }
}

/// <summary>An endpoint of <see cref="FramingProtocol"/>s.</summary>
internal sealed class FramingAcceptor : IAcceptor
{
    public IProtocol Accept(ITransport transport) => new FramingProtocol(transport);

    public void Refuse(Refusal reason, EndPoint? remote, string detail) => throw new InvalidOperationException(detail);

    public void Faulted(EndPoint? remote, Exception fault) => Environment.FailFast("the framing protocol threw", fault);
}

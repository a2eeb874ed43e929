using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;

namespace FieldNet.LoadBench.Subjects;

/// <summary>Frames what comes, answers CONNECT, PINGREQ and PUBLISH at QoS 1, and does nothing else.</summary>
internal sealed class FramingProtocol(ITransport transport) : IProtocol
{
    private const int MaxPacketBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _answers = new();

    public bool IsEnded { get; private set; }

    public TimeSpan FarewellTimeout => TimeSpan.Zero;

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

    public void PeerClosed(bool reset) => IsEnded = true;

    public bool Write(IBufferWriter<byte> output)
    {
        output.Write(_answers.WrittenSpan);
        _answers.ResetWrittenCount();
        return false;
    }

    public void WriteFarewell(IBufferWriter<byte> output)
    {
    }

    public Task CompleteAsync() => Task.CompletedTask;

    private void Answer(byte header, in ReadOnlySequence<byte> body)
    {
        switch (MqttFixedHeader.Type(header))
        {
            case MqttPacketType.Connect:
                _answers.Write((ReadOnlySpan<byte>)[0x20, 2, 0, 0]);
                break;
            case MqttPacketType.PingReq:
                _answers.Write((ReadOnlySpan<byte>)[0xD0, 0]);
                break;
            case MqttPacketType.Publish when (header & 0b0110) != 0:
                var head = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
                var id = head[(sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(head))..];
                _answers.Write((ReadOnlySpan<byte>)[0x40, 2, id[0], id[1]]);
                break;
        }
    }

    /// <summary>Lets everyone in.</summary>
    public sealed class Acceptor : IAcceptor
    {
        public IProtocol Accept(ITransport transport) => new FramingProtocol(transport);

        public void Refuse(Refusal reason, EndPoint? remote, string detail)
        {
        }

        public void Faulted(EndPoint? remote, Exception fault) => Environment.FailFast("the framing server threw", fault);
    }
}

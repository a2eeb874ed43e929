using System.Buffers;
using System.Buffers.Binary;
using FieldNet.Mqtt.Packets;
using Microsoft.AspNetCore.Connections;

namespace FieldNet.LoadBench.Subjects;

/// <summary>Frames what comes, answers CONNECT, PINGREQ and PUBLISH at QoS 1, and does nothing else.</summary>
internal sealed class FramingHandler : ConnectionHandler
{
    private const int MaxPacketBytes = 256 * 1024;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var read = await input.ReadAsync();
            var buffer = read.Buffer;
            while (MqttFramer.TryReadFrame(ref buffer, MaxPacketBytes, out var header, out var body) == FrameStatus.Complete)
            {
                Answer(header, body, output);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            await output.FlushAsync();
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static void Answer(byte header, ReadOnlySequence<byte> body, IBufferWriter<byte> output)
    {
        switch (MqttFixedHeader.Type(header))
        {
            case MqttPacketType.Connect:
                output.Write((ReadOnlySpan<byte>)[0x20, 2, 0, 0]);
                break;
            case MqttPacketType.PingReq:
                output.Write((ReadOnlySpan<byte>)[0xD0, 0]);
                break;
            case MqttPacketType.Publish when (header & 0b0110) != 0:
                var head = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
                var id = head[(sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(head))..];
                output.Write((ReadOnlySpan<byte>)[0x40, 2, id[0], id[1]]);
                break;
        }
    }
}

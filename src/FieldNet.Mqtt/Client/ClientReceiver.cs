using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The read side of a client: takes what the server sent to where it is awaited.</summary>
/// <remarks>Threading: one loop. Full policy: with <see cref="Messages"/> full it waits and reads no more, so that TCP pushes back.</remarks>
internal sealed class ClientReceiver(Socket socket, MqttClient client, MqttClientOptions options)
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<MqttMessage> _messages = Channel.CreateBounded<MqttMessage>(
        new BoundedChannelOptions(options.MaxReceivedMessages) { SingleWriter = true });

    public ChannelReader<MqttMessage> Messages => _messages.Reader;

    /// <summary>Completes with a good CONNACK; faults with the reason for there being none.</summary>
    public Task Connected => _connected.Task;

    public async Task RunAsync()
    {
        var end = await ReadAsync().ConfigureAwait(false);
        client.End(end);
        _connected.TrySetException(new MqttClientException(end.Reason, end.IsRemote, $"The server did not let the client in: {end.Detail}."));
        _messages.Writer.TryComplete();
    }

    private static MqttClientClosed Fault(MqttReasonCode reason, string detail) => new(reason, IsRemote: false, detail);

    private async Task<MqttClientClosed> ReadAsync()
    {
        var buffer = new PacketBuffer(options.MaxPacketBytes);
        try
        {
            while (true)
            {
                var count = await socket.ReceiveAsync(buffer.Space(), SocketFlags.None).ConfigureAwait(false);
                if (count == 0)
                {
                    return new MqttClientClosed(MqttReasonCode.Success, IsRemote: true, "the server closed the connection");
                }

                client.Heard();
                buffer.Received(count);
                FrameStatus status;
                while ((status = buffer.TryTake(out var header, out var body)) == FrameStatus.Complete)
                {
                    if (Take(header, body.Span, out var message, out var packetId) is { } end)
                    {
                        return end;
                    }

                    if (message is not null)
                    {
                        await DeliverAsync(message, packetId).ConfigureAwait(false);
                    }
                }

                if (status != FrameStatus.Incomplete)
                {
                    return Fault(MqttReasonCode.MalformedPacket, "the server sent a packet that is malformed or too large");
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return new MqttClientClosed(MqttReasonCode.UnspecifiedError, IsRemote: true, e.Message);
        }
    }

    private async ValueTask DeliverAsync(MqttMessage message, ushort packetId)
    {
        if (!_messages.Writer.TryWrite(message))
        {
            // The connection may end while nobody reads the messages: don't wait beyond it.
            var room = _messages.Writer.WriteAsync(message).AsTask();
            if (await Task.WhenAny(room, client.Closed).ConfigureAwait(false) != room)
            {
                return;
            }
        }

        if (message.Qos > 0)
        {
            client.PubAck(packetId);
        }
    }

    /// <returns>Why the connection ends; null to go on.</returns>
    private MqttClientClosed? Take(byte header, ReadOnlySpan<byte> body, out MqttMessage? message, out ushort packetId)
    {
        message = null;
        packetId = 0;
        var version = options.ProtocolVersion;
        var type = MqttFixedHeader.Type(header);
        if (_connected.Task.IsCompleted == (type == MqttPacketType.ConnAck) || !MqttFixedHeader.IsValid(header, version))
        {
            return Fault(MqttReasonCode.ProtocolError, $"the server sent a packet of type {(int)type} out of place");
        }

        MqttReasonCode fault;
        switch (type)
        {
            case MqttPacketType.ConnAck:
                fault = ConnAckPacket.Read(body, version, out var connAck);
                if (fault == MqttReasonCode.Success && connAck.Reason != MqttReasonCode.Success)
                {
                    return new MqttClientClosed(connAck.Reason, IsRemote: true, $"refused as {connAck.Reason}");
                }

                if (fault == MqttReasonCode.Success)
                {
                    client.Accepted(connAck);
                    _connected.TrySetResult();
                }

                break;
            case MqttPacketType.Publish:
                fault = PublishPacket.Read(header, body, version, MqttPropertyRules.PublishToClient, out var publish);
                if (fault == MqttReasonCode.Success)
                {
                    packetId = publish.PacketId;
                    message = new MqttMessage(
                        Encoding.UTF8.GetString(publish.Topic), publish.Payload.ToArray(), publish.Qos, publish.Retain, publish.Duplicate,
                        publish.Properties.ToArray());
                }

                break;
            case MqttPacketType.PubAck:
                fault = AckPacket.Read(body, version, out var pubAck);
                client.Acknowledged(pubAck);
                break;
            case MqttPacketType.SubAck or MqttPacketType.UnsubAck:
                fault = SubAckPacket.Read(body, version, out var subAck, type);
                client.Answered(subAck.PacketId, subAck.Codes.IsEmpty ? MqttReasonCode.Success : (MqttReasonCode)subAck.Codes[0]);
                break;
            case MqttPacketType.PingResp:
                fault = MqttReasonCode.Success;
                break;
            case MqttPacketType.Disconnect when version == MqttProtocolVersion.V5:
                fault = DisconnectPacket.Read(body, version, out var disconnect);
                if (fault == MqttReasonCode.Success)
                {
                    return new MqttClientClosed(disconnect.Reason, IsRemote: true, $"the server disconnected as {disconnect.Reason}");
                }

                break;
            default:
                fault = MqttReasonCode.ProtocolError;
                break;
        }

        return fault == MqttReasonCode.Success ? null : Fault(fault, $"the server sent a bad packet of type {(int)type}");
    }
}

using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The read loop of a client: bytes into packets, and packets to where they are awaited.</summary>
/// <remarks>Threading: one loop. Full policy: when the receiver has no room it waits and reads no more, so that TCP pushes back.</remarks>
internal sealed class ClientReceiver(ClientWire wire, ServerPackets packets, ClientInbox inbox, MqttClientOptions options)
{
    private readonly PacketBuffer _buffer = new(options.MaxPacketBytes);

    /// <summary>Set by the connection's CONNACK.</summary>
    public ClientKeepAlive? KeepAlive { get; set; }

    /// <returns>Why the connection ended.</returns>
    public async Task<MqttClientClosed> RunAsync(CancellationToken over)
    {
        try
        {
            while (true)
            {
                var count = await wire.ReceiveAsync(_buffer.Space()).ConfigureAwait(false);
                if (count == 0)
                {
                    return new MqttClientClosed(MqttReasonCode.Success, IsRemote: true, "the server closed the connection");
                }

                _buffer.Received(count);
                KeepAlive?.Heard();
                inbox.Receiver.BytesCame();
                if (await TakeAllAsync(over).ConfigureAwait(false) is { } end)
                {
                    return end;
                }
            }
        }
        catch (Exception e) when (ClientWire.IsFault(e))
        {
            return new MqttClientClosed(MqttReasonCode.UnspecifiedError, IsRemote: true, e.Message);
        }
    }

    /// <returns>Why the connection ends; null to read on.</returns>
    private async ValueTask<MqttClientClosed?> TakeAllAsync(CancellationToken over)
    {
        FrameStatus status;
        while ((status = _buffer.TryTake(out var header, out var body)) == FrameStatus.Complete)
        {
            MqttClientClosed? end;
            while ((end = packets.Take(header, body.Span, out var isTaken)) is null && !isTaken)
            {
                await WaitForRoomAsync(over).ConfigureAwait(false);
            }

            if (end is not null)
            {
                return end;
            }
        }

        return status switch
        {
            FrameStatus.Incomplete => null,
            FrameStatus.TooLarge => ServerPackets.Fault(MqttReasonCode.PacketTooLarge, $"the server sent a packet larger than the {options.MaxPacketBytes} bytes that we take"),
            _ => ServerPackets.Fault(MqttReasonCode.MalformedPacket, "the server sent a malformed packet"),
        };
    }

    private async ValueTask WaitForRoomAsync(CancellationToken over)
    {
        if (KeepAlive is { } keepAlive)
        {
            keepAlive.IsReading = false;
        }

        await inbox.WaitForRoomAsync(over).ConfigureAwait(false);
        if (KeepAlive is { } resumed)
        {
            resumed.Heard();
            resumed.IsReading = true;
        }
    }
}

using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Writes to one client: CONNACK first, then pongs, acknowledgements whose commit has come, and messages.</summary>
/// <remarks>
/// Threading: the transport's write side. One flush a batch; a client that does not read stops its own writing and nothing else.
/// </remarks>
internal sealed class PacketOutlet(MqttConnection connection, MqttEndpointOptions options, MqttMetrics metrics)
{
    private const int BatchBytes = 64 * 1024;
    private const int BatchMessages = 64;

    private readonly CountedOutput _output = new();
    private OutboundItem[]? _batch;
    private bool _hasWelcomed;
    private int _messages;
    private int _acknowledgements;

    private static ReadOnlySpan<byte> PingResp => [(byte)MqttPacketType.PingResp << 4, 0];

    /// <summary>Writes what may go now.</summary>
    /// <returns>True when there is more.</returns>
    public bool Write(IBufferWriter<byte> output)
    {
        _output.Begin(output);
        if (!_hasWelcomed)
        {
            if (connection.Welcome is not { } welcome)
            {
                return false;
            }

            WriteConnAck(welcome.SessionPresent);
            _hasWelcomed = true;
        }

        for (var pongs = connection.TakePongs(); pongs > 0; pongs--)
        {
            _output.Write(PingResp);
        }

        WriteAcknowledgements();
        var more = WriteMessages();
        if (_output.Bytes > 0)
        {
            metrics.Sent(_output.Bytes, _messages, _acknowledgements);
            _messages = 0;
            _acknowledgements = 0;
        }

        return more;
    }

    public void WriteFarewell(IBufferWriter<byte> output, ConnectionEnd end)
    {
        if (end.Farewell is not { } reason)
        {
            return;
        }

        if (end.IsConnectRefused)
        {
            new ConnAckPacket { Reason = reason }.Write(output, connection.RefusedVersion);
        }
        else if (_hasWelcomed && connection.Settings!.Version == MqttProtocolVersion.V5)
        {
            // 3.14.0-1: no DISCONNECT before a CONNACK that let the client in.
            new DisconnectPacket(reason).Write(output, MqttProtocolVersion.V5);
        }
    }

    private void WriteConnAck(bool sessionPresent)
    {
        var settings = connection.Settings!;
        var properties = new MqttPropertyWriter(stackalloc byte[64]);
        if (settings.Version == MqttProtocolVersion.V5)
        {
            properties.UInt16(MqttPropertyId.ReceiveMaximum, (ushort)options.ReceiveMaximum);
            properties.Byte(MqttPropertyId.MaximumQos, 1);
            properties.UInt32(MqttPropertyId.MaximumPacketSize, (uint)options.MaxPacketBytes);
            properties.Byte(MqttPropertyId.SubscriptionIdentifierAvailable, 0);
            properties.Byte(MqttPropertyId.SharedSubscriptionAvailable, 0);
            if (settings.IsClientIdAssigned)
            {
                Span<byte> id = stackalloc byte[32];
                properties.Utf8(MqttPropertyId.AssignedClientIdentifier, id[..Encoding.UTF8.GetBytes(settings.ClientId, id)]);
            }
        }

        new ConnAckPacket { SessionPresent = sessionPresent, Properties = properties.Block }.Write(_output, settings.Version);
    }

    private void WriteAcknowledgements()
    {
        var pubAcks = 0;
        var subAcks = 0;
        var version = connection.Settings!.Version;
        while (connection.Answers.TryTake(out var next))
        {
            if (next.Codes is { } codes)
            {
                new SubAckPacket { PacketId = next.PacketId, Codes = codes }.Write(_output, version, next.Type);
                subAcks++;
            }
            else
            {
                new AckPacket(next.PacketId, next.Reason).Write(_output, version);
                pubAcks++;
            }
        }

        // Before the flush: the client can't answer to what it has not seen.
        connection.Answers.Pay(RecordKind.Publish, pubAcks);
        connection.Answers.Pay(RecordKind.Subscribe, subAcks);
        _acknowledgements += pubAcks;
    }

    private bool WriteMessages()
    {
        var outbox = connection.Welcome!.Outbox;
        var version = connection.Settings!.Version;
        while (_output.Bytes < BatchBytes)
        {
            _batch ??= new OutboundItem[BatchMessages];
            var taken = outbox.Take(connection, _batch);
            foreach (ref readonly var item in _batch.AsSpan(0, taken))
            {
                new PublishPacket
                {
                    Qos = item.Qos,
                    Retain = item.Retain,
                    Duplicate = item.Duplicate,
                    PacketId = item.PacketId,
                    Topic = item.Message.Topic.Utf8,
                    Properties = item.Message.Properties,
                    Payload = item.Message.Payload,
                }.Write(_output, version);
            }

            // Let go of the messages: a quiet client must not hold the last ones in memory.
            _batch.AsSpan(0, taken).Clear();
            _messages += taken;
            if (taken < BatchMessages)
            {
                return false;
            }
        }

        return true;
    }
}

using System.Net.Sockets;
using System.Text.Json;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>Letting clients in, and refusing them.</summary>
public sealed class ConnectTests
{
    [Fact]
    public async Task Connect_WillOnATopicOfTheServer_IsRefused()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.SendAsync(RawPeer.Encode(output => new ConnectPacket
        {
            Version = MqttProtocolVersion.V5,
            CleanStart = true,
            ClientId = "a"u8,
            HasWill = true,
            WillTopic = "$other/x"u8,
            WillPayload = "x"u8,
        }.Write(output)));

        var (header, body) = await peer.ReadAsync();
        Assert.Equal((0x20, (byte)MqttReasonCode.NotAuthorized), (header, body[1]));
    }

    /// <summary>Characters that JSON escapes make the Connect record many times as large as the packet, and larger than a lane takes.</summary>
    [Fact]
    public async Task Connect_RecordLargerThanTheLimit_IsRefusedWithItsReason()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        var packet = RawPeer.Encode(output => new ConnectPacket
        {
            Version = MqttProtocolVersion.V5,
            CleanStart = true,
            ClientId = "a"u8,
            HasWill = true,
            WillTopic = System.Text.Encoding.UTF8.GetBytes(new string('<', 60_000)),
            WillPayload = "x"u8,
        }.Write(output));

        await peer.SendAsync(packet);

        var (header, body) = await peer.ReadAsync();
        Assert.Equal((0x20, (byte)MqttReasonCode.PacketTooLarge), (header, body[1]));
        Assert.Empty(host.Ingress.Records);
    }

    [Fact]
    public async Task Connect_Version5_IsToldOurLimits()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();

        await peer.SendAsync(Convert.FromHexString("100D" + "00044D515454" + "05" + "02" + "0000" + "00" + "0000"));

        var (header, body) = await peer.ReadAsync();
        Assert.Equal(0x20, header);
        Assert.Equal(MqttReasonCode.Success, Check(body));

        static MqttReasonCode Check(byte[] body)
        {
            var reason = ConnAckPacket.Read(body, MqttProtocolVersion.V5, out var packet);
            Assert.Equal(MqttReasonCode.Success, packet.Reason);
            Assert.False(MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.MaximumQos, out _));
            Assert.Equal(256u, MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.ReceiveMaximum, 9));
            Assert.Equal(256u * 1024, MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.MaximumPacketSize, 9));
            Assert.Equal(64u, MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.TopicAliasMaximum, 9));
            Assert.Equal(60u, MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.ServerKeepAlive, 9));
            Assert.True(MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.AssignedClientIdentifier, out var id) && !id.Bytes.IsEmpty);
            return reason;
        }
    }

    [Fact]
    public async Task Connect_Record_SaysWhoAndHow()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var client = await host.ConnectAsync("mon-1", MqttProtocolVersion.V311, new MqttWill { Topic = "gone", Payload = "x"u8.ToArray() });

        var record = host.Ingress.Records.Single();
        using var json = JsonDocument.Parse(record.Text);
        Assert.Equal((RecordKind.Connect, "mon-1"), (record.Kind, record.Client));
        Assert.Equal(4, json.RootElement.GetProperty("protocol").GetInt32());
        Assert.Equal(30, json.RootElement.GetProperty("keep_alive_s").GetInt32());
        Assert.True(json.RootElement.GetProperty("clean").GetBoolean());
        Assert.StartsWith("127.0.0.1:", json.RootElement.GetProperty("address").GetString());
        Assert.Equal("gone", json.RootElement.GetProperty("will_topic").GetString());
    }

    [Theory]
    [InlineData("100C" + "00044D515454" + "04" + "00" + "0000" + "0000", "0002", Refusal.ClientIdInvalid, "3.1.1 MQTT-3.1.3-8: empty id, not clean")]
    [InlineData("100C" + "00044D515454" + "06" + "02" + "0000" + "0000", "0001", Refusal.ProtocolVersionUnsupported, "3.1.1 MQTT-3.1.2-2: level")]
    [InlineData("1012" + "00044D515454" + "05" + "02" + "0000" + "05" + "15000278" + "78" + "0000", "008C", Refusal.AuthenticationMethodUnsupported, "MQTT-4.12.0-1: authentication method")]
    [InlineData("100D" + "00044D515454" + "05" + "03" + "0000" + "00" + "0000", "0081", Refusal.PacketMalformed, "MQTT-3.1.2-3: reserved flag, version 5")]
    [InlineData("100C" + "00044D515454" + "04" + "03" + "0000" + "0000", null, Refusal.PacketMalformed, "MQTT-3.1.2-3: reserved flag, version 3.1.1")]
    [InlineData("C000", null, Refusal.ProtocolError, "MQTT-3.1.0-1: first packet")]
    [InlineData("308000", null, Refusal.PacketMalformed, "over-long length")]
    [InlineData("10FFFFFF7F", null, Refusal.PacketTooLarge, "huge")]
    public async Task Connect_Refused_IsAnsweredCountedAndClosed(string sent, string? answer, Refusal refusal, string why)
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();

        await peer.SendAsync(Convert.FromHexString(sent));

        if (answer is not null)
        {
            var (header, body) = await peer.ReadAsync();
            Assert.Equal((0x20, answer), (header, Convert.ToHexString(body[..2])));
        }

        await peer.AssertClosedAsync();
        Assert.True(refusal == host.Ingress.Refusals.Single().Reason, why);
        Assert.Empty(host.Ingress.Records);
    }

    [Theory]
    [InlineData("0000", MqttReasonCode.MalformedPacket, "2.1.2: reserved type")]
    [InlineData("360700016100010078", MqttReasonCode.MalformedPacket, "MQTT-3.3.1-4: QoS 3")]
    [InlineData("800700010000016100", MqttReasonCode.MalformedPacket, "MQTT-3.8.1-1: flags of SUBSCRIBE")]
    [InlineData("30808080", null, "a length not yet whole")]
    [InlineData("3080808080", MqttReasonCode.MalformedPacket, "1.5.5: length of five bytes")]
    [InlineData("30FFFFFF7F", MqttReasonCode.PacketTooLarge, "3.2.2.3.6: over our Maximum Packet Size")]
    [InlineData("3003000123", MqttReasonCode.MalformedPacket, "no property length")]
    [InlineData("300400012300", MqttReasonCode.TopicNameInvalid, "MQTT-3.3.2-2: wildcard")]
    [InlineData("82020001", MqttReasonCode.MalformedPacket, "SUBSCRIBE cut short")]
    [InlineData("8203000100", MqttReasonCode.ProtocolError, "MQTT-3.8.3-2: no filter")]
    [InlineData("8208000102" + "0B01" + "000161", MqttReasonCode.MalformedPacket, "no options")]
    [InlineData("8209000102" + "0B00" + "00016100", MqttReasonCode.ProtocolError, "3.8.2.1.2: subscription identifier of 0")]
    [InlineData("30060000" + "03" + "230041", MqttReasonCode.TopicAliasInvalid, "3.3.2.3.4: alias over our maximum")]
    [InlineData("30060000" + "03" + "230001", MqttReasonCode.ProtocolError, "3.3.2.3.4: alias that was never set")]
    [InlineData("F000", MqttReasonCode.ProtocolError, "AUTH without enhanced authentication")]
    [InlineData("D000", MqttReasonCode.ProtocolError, "a server's packet")]
    [InlineData("E007" + "00" + "05" + "1100000001", MqttReasonCode.ProtocolError, "3.14.2.2.2: prolongs a session of 0")]
    public async Task Packet_AgainstTheRules_IsDisconnectedWithItsReasonAndCounted(string sent, MqttReasonCode? reason, string rule)
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);
        using var neighbour = await host.OpenAsync();
        await neighbour.ConnectAsync("b", MqttProtocolVersion.V5);

        await peer.SendAsync(Convert.FromHexString(sent));

        if (reason is { } code)
        {
            var (header, body) = await peer.ReadAsync();
            Assert.True((header, body[0]) == (0xE0, (byte)code), $"{rule}: {header:X2} {Convert.ToHexString(body)}");
            await peer.AssertClosedAsync();
            Assert.Equal((code.ToRefusal(), "a"), (host.Ingress.Refusals.Single().Reason, host.Ingress.Refusals.Single().Client));
        }

        await neighbour.AssertQuietAsync();
    }

    [Fact]
    public async Task Connect_Again_IsAProtocolError()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);

        // MQTT-3.1.0-2: a second CONNECT.
        await peer.SendAsync(Convert.FromHexString("100D" + "00044D515454" + "05" + "02" + "0000" + "00" + "0000"));

        Assert.Equal((byte)MqttReasonCode.ProtocolError, (await peer.ReadAsync()).Body[0]);
        await peer.AssertClosedAsync();
        Assert.Equal(Refusal.ProtocolError, Assert.Single(host.Ingress.Refusals).Reason);
    }

    [Fact]
    public async Task Connect_OverTheLimit_IsClosedAndCounted()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { MaxConnections = 1 });
        await using var first = await host.ConnectAsync("first");

        var attempt = await Record.ExceptionAsync(async () =>
        {
            using var second = await host.OpenAsync();
            await second.AssertClosedAsync();
        });

        // Whether the reset comes while connecting or behind it is the kernel's choice.
        Assert.True(attempt is null or SocketException, $"{attempt}");
        Assert.Equal(Refusal.TooManyConnections, host.Ingress.Refusals.Single().Reason);
    }

    [Fact]
    public async Task Connect_SameClientAgain_TakesOver()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var first = await host.ConnectAsync("same", will: new MqttWill { Topic = "will", Payload = "offline"u8.ToArray() });

        await using var second = await host.ConnectAsync("same");
        await second.PublishAsync("online", default, qos: 1);

        var closed = await first.Closed.WaitAsync(Until.Deadline);
        Assert.Equal((MqttReasonCode.SessionTakenOver, true), (closed.Reason, closed.IsRemote));
        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Close), "close of the first");
        var records = host.Ingress.Records;
        var order = records.Where(r => r.Kind is RecordKind.Connect or RecordKind.Will or RecordKind.Publish).Select(r => (r.Kind, r.Connection));
        Assert.Equal([(RecordKind.Connect, 1), (RecordKind.Connect, 2), (RecordKind.Will, 1), (RecordKind.Publish, 2)], order);
        Assert.Equal("{\"reason\":\"taken_over\",\"leave\":false}", records.Single(r => r.Kind == RecordKind.Close).Text);
        Assert.False(second.Closed.IsCompleted);
    }

    [Fact]
    public async Task Stop_WithClients_TellsThemAndRecordsTheirClose()
    {
        var host = await EndpointHost.StartAsync();
        await using var client = await host.ConnectAsync("a", will: new MqttWill { Topic = "w", Payload = "x"u8.ToArray() });

        await host.DisposeAsync();

        var closed = await client.Closed.WaitAsync(Until.Deadline);
        Assert.Equal(MqttReasonCode.ServerShuttingDown, closed.Reason);
        Assert.Equal("{\"reason\":\"server_stopping\",\"leave\":false}", host.Ingress.Records[^1].Text);
        Assert.DoesNotContain(host.Ingress.Records, r => r.Kind == RecordKind.Will);
    }
}

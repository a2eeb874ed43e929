namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1, where it differs from 3.1.1. Its text numbers no statements.</summary>
public sealed class Mqtt31Tests() : ConformanceTests(Wire.V311)
{
    [Fact]
    public async Task Connect_ByItsOwnName_IsAccepted()
    {
        var peer = await ConnectAs31Async(clean: true);

        Assert.Equal([2], (await peer.SubscribeAsync("a", 2)).Codes);
        await peer.PublishAsync("a", "x", 2);
        Assert.Equal(2, (await peer.ReceiveAsync("x")).Qos);
    }

    [Fact]
    public async Task ConnAck_ToAKeptSession_HasItsReservedByteAtZero()
    {
        (await ConnectAs31Async(clean: false)).Cut();
        await ClosedAsync("old");

        // ConnectAs31Async looks at the byte.
        await ConnectAs31Async(clean: false);
    }

    private async Task<Peer> ConnectAs31Async(bool clean)
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Wire.Packet(0x10, Wire.Utf8("MQIsdp"), [3, (byte)(clean ? 2 : 0), 0, 0], Wire.Utf8("old")));
        var answer = await peer.NextAsync(Heard.ConnAck);
        Assert.Equal((false, 0), (answer.SessionPresent, answer.Reason));
        return peer;
    }
}

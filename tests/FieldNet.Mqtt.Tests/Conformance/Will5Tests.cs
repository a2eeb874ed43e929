namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0: the Will, its delay and its end.</summary>
public sealed class Will5Tests() : ConformanceTests(Wire.V5)
{
    [Fact]
    public async Task MQTT_3_1_2_7_Will_IsKeptWhileTheConnectionLasts()
    {
        var watcher = await WatchAsync();
        var peer = await ConnectAsync(will: new LastWill());
        await peer.AskAsync(Wire.Ping, Heard.PingResp);
        await watcher.AssertNothingAsync(watcher);

        peer.Cut();

        await watcher.ReceiveAsync("gone");
    }

    [Fact]
    public async Task MQTT_3_1_2_8_Will_IsPublishedAtACloseWithoutLeave()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync("cut", will: new LastWill(Payload: "cut"))).Cut();
        await watcher.ReceiveAsync("cut");

        await (await ConnectAsync("wrong", will: new LastWill(Payload: "wrong"))).SendAsync(Convert.FromHexString("36050001610001"));
        await watcher.ReceiveAsync("wrong");

        await (await ConnectAsync("wants", will: new LastWill(Payload: "wants"))).SendAsync(Wire.Disconnect(0x04));
        await watcher.ReceiveAsync("wants");

        await ConnectAsync("silent", keepAlive: 2, will: new LastWill(Payload: "silent"));
        Advance(TimeSpan.FromSeconds(4));
        await watcher.ReceiveAsync("silent");
    }

    [Fact]
    public async Task MQTT_3_1_2_8_WillDelay_IsWaitedFor()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(properties: Property.SessionExpiry(100), will: new LastWill(Properties: Property.WillDelay(10)))).Cut();
        await ClosedAsync("client");

        Advance(TimeSpan.FromSeconds(9));
        await watcher.AssertNothingAsync(watcher);
        Advance(TimeSpan.FromSeconds(2));

        Assert.Empty((await watcher.ReceiveAsync("gone")).Properties);
    }

    [Fact]
    public async Task MQTT_3_1_2_8_WillDelayBeyondTheSession_EndsWithIt()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(properties: Property.SessionExpiry(5), will: new LastWill(Properties: Property.WillDelay(100)))).Cut();
        await ClosedAsync("client");

        Advance(TimeSpan.FromSeconds(6));

        await watcher.ReceiveAsync("gone");
    }

    [Fact]
    public async Task MQTT_3_1_2_8_CleanStartDuringTheDelay_EndsTheSessionAndPublishes()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(properties: Property.SessionExpiry(100), will: new LastWill(Properties: Property.WillDelay(10)))).Cut();
        await ClosedAsync("client");

        await ConnectAsync(clean: true);

        await watcher.ReceiveAsync("gone");
    }

    [Fact]
    public async Task MQTT_3_1_2_10_WillOnceWaivedOrPublished_IsGone()
    {
        var watcher = await WatchAsync();
        var leaving = await ConnectLastingWithWillAsync("leaving");
        await leaving.SendAsync(Wire.Disconnect());
        await leaving.AssertClosedAsync();
        (await ConnectLastingWithWillAsync("cut")).Cut();
        await watcher.ReceiveAsync("cut");

        (await ConnectLastingAsync("leaving")).Cut();
        (await ConnectLastingAsync("cut")).Cut();
        await ClosedAsync("cut");

        await watcher.AssertNothingAsync(watcher);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MQTT_3_1_2_12_WillQos_IsItsMessages(byte qos)
    {
        var watcher = await WatchAsync();

        (await ConnectAsync(will: new LastWill(Qos: qos))).Cut();

        Assert.Equal(qos, (await watcher.ReceiveAsync("gone")).Qos);
    }

    [Fact]
    public async Task MQTT_3_1_2_14_WillWithoutRetain_IsNotRetained()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(will: new LastWill(Qos: 1))).Cut();
        await watcher.ReceiveAsync("gone");

        var later = await ConnectAsync("later");
        await later.SubscribeAsync("will", 1);

        await later.AssertNothingAsync(watcher);
    }

    [Fact]
    public async Task MQTT_3_1_2_15_WillWithRetain_IsRetained()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(will: new LastWill(Retain: true))).Cut();
        Assert.False((await watcher.ReceiveAsync("gone")).Retain);

        var later = await ConnectAsync("later");
        await later.SubscribeAsync("will", 1);

        Assert.True((await later.ReceiveAsync("gone")).Retain);
    }

    [Fact]
    public async Task MQTT_3_1_3_9_ReconnectWithinTheDelay_PublishesNoWill()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(properties: Property.SessionExpiry(100), will: new LastWill(Properties: Property.WillDelay(10)))).Cut();
        await ClosedAsync("client");
        Advance(TimeSpan.FromSeconds(5));

        await ConnectLastingAsync();
        Advance(TimeSpan.FromSeconds(30));

        await watcher.AssertNothingAsync(watcher);
    }

    [Fact]
    public async Task MQTT_3_1_3_10_UserPropertiesOfTheWill_KeepTheirOrder()
    {
        var watcher = await WatchAsync();
        var properties = Wire.Join(Property.User("b", "1"), Property.User("a", "2"), Property.User("b", "3"));

        (await ConnectAsync(will: new LastWill(Properties: properties))).Cut();

        Assert.Equal(["b=1", "a=2", "b=3"], (await watcher.ReceiveAsync("gone")).Properties.Select(p => System.Text.Encoding.UTF8.GetString(p.Value)));
    }

    [Fact]
    public Task MQTT_3_1_3_11_IllFormedWillTopic_IsRefused() => AssertConnectRefusedAsync(
        Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x06, 0, 0, 0], Wire.Utf8("c"), [0], Wire.Binary([0xC3, 0x28]), Wire.Utf8("gone")), 0x81, 0x90);

    [Fact]
    public async Task MQTT_3_14_4_3_LeaveWithSuccess_DiscardsTheWill()
    {
        var watcher = await WatchAsync();
        var peer = await ConnectAsync(will: new LastWill());
        await peer.SendAsync(Wire.Disconnect());
        await peer.AssertClosedAsync();
        await ClosedAsync("client");

        await watcher.AssertNothingAsync(watcher);
    }

    private Task<Peer> ConnectLastingWithWillAsync(string name) =>
        ConnectAsync(name, clean: false, properties: Property.SessionExpiry(100), will: new LastWill(Payload: name, Qos: 1));

    private async Task<Peer> WatchAsync()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("will", 2);
        return watcher;
    }
}

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0: what time does to waiting messages and to sessions.</summary>
public sealed class Expiry5Tests() : ConformanceTests(Wire.V5)
{
    [Fact]
    public async Task MQTT_3_3_2_5_MessageThatWaitedTooLong_IsNotDelivered()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Cut();
        await ClosedAsync("client");
        var publisher = await ConnectAsync("publisher");
        await publisher.PublishAsync("a", "stale", 1, properties: Property.MessageExpiry(10));
        await publisher.PublishAsync("a", "good", 1, properties: Property.MessageExpiry(100));

        Advance(TimeSpan.FromSeconds(11));

        var second = await ConnectLastingAsync();
        await second.ReceiveAsync("good");
        await second.AssertNothingAsync(publisher);
    }

    [Fact]
    public async Task MQTT_3_3_2_6_MessageExpiry_IsLessTheTimeItWaited()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        var publisher = await ConnectAsync("publisher");
        await publisher.PublishAsync("a", "at once", 1, properties: Property.MessageExpiry(100));
        Assert.Equal(100u, (await first.ReceiveAsync("at once")).Numeric(Property.MessageExpiryId));
        first.Dispose();
        await ClosedAsync("client");
        await publisher.PublishAsync("a", "later", 1, properties: Property.MessageExpiry(100));

        Advance(TimeSpan.FromSeconds(30));

        var second = await ConnectLastingAsync();
        Assert.InRange((await second.ReceiveAsync("later")).Numeric(Property.MessageExpiryId) ?? 0, 69u, 70u);
    }

    [Fact]
    public async Task MQTT_3_3_2_6_RetainedMessage_ExpiresToo()
    {
        var publisher = await ConnectAsync("publisher");
        await publisher.PublishAsync("a/short", "stale", 1, retain: true, properties: Property.MessageExpiry(10));
        await publisher.PublishAsync("a/long", "good", 1, retain: true, properties: Property.MessageExpiry(100));

        Advance(TimeSpan.FromSeconds(30));

        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+", 1);
        Assert.InRange((await peer.ReceiveAsync("good")).Numeric(Property.MessageExpiryId) ?? 0, 69u, 70u);
        await peer.AssertNothingAsync(publisher);
    }

    [Fact]
    public async Task MQTT_4_1_0_1_SessionOfAnOpenConnection_IsNotDiscarded()
    {
        var peer = await ConnectAsync(properties: Property.SessionExpiry(1));
        await peer.SubscribeAsync("a", 1);

        Advance(TimeSpan.FromSeconds(60));

        await peer.PublishAsync("a", "x", 1);
        await peer.ReceiveAsync("x");
    }

    [Fact]
    public async Task MQTT_4_1_0_2_SessionPastItsExpiry_IsDiscarded()
    {
        var first = await ConnectAsync(properties: Property.SessionExpiry(10));
        await first.SubscribeAsync("a", 1);
        first.Cut();
        await ClosedAsync("client");

        Advance(TimeSpan.FromSeconds(11));

        var second = await OpenAsync();
        Assert.False((await second.ConnectAsync("client", clean: false)).SessionPresent);
        await second.PublishAsync("a", "x", 1);
        await second.AssertNothingAsync(second);
    }

    [Fact]
    public async Task MQTT_4_1_0_2_SessionExpiryOfTheDisconnect_Counts()
    {
        var first = await ConnectAsync(properties: Property.SessionExpiry(10));
        await first.SendAsync(Wire.Disconnect(0, Property.SessionExpiry(100)));
        await first.AssertClosedAsync();
        await ClosedAsync("client");
        Advance(TimeSpan.FromSeconds(50));

        var second = await OpenAsync();
        Assert.True((await second.ConnectAsync("client", clean: false, properties: Property.SessionExpiry(10))).SessionPresent);
        await second.SendAsync(Wire.Disconnect(0, Property.SessionExpiry(0)));
        await second.AssertClosedAsync();
        await ClosedAsync("client");

        var third = await OpenAsync();
        Assert.False((await third.ConnectAsync("client", clean: false)).SessionPresent);
    }

    [Fact]
    public async Task MQTT_4_3_3_7_MessageOnceSent_DoesNotExpire()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 2);
        await first.PublishAsync("a", "sent", 2, properties: Property.MessageExpiry(10));
        var id = (await first.NextAsync(Heard.Publish)).Id;
        first.Cut();
        await ClosedAsync("client");

        Advance(TimeSpan.FromSeconds(11));

        var second = await ConnectLastingAsync();
        Assert.Equal(id, (await second.ReceiveAsync("sent")).Id);
    }

    [Fact]
    public async Task MQTT_4_3_3_13_ExpiredMessageOfAQos2Publisher_IsStillReleased()
    {
        var listener = await ConnectLastingAsync("listener");
        await listener.SubscribeAsync("a", 2);
        listener.Dispose();
        await ClosedAsync("listener");
        var peer = await ConnectAsync();
        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 2, 7, properties: Property.MessageExpiry(1)), Heard.PubRec);

        Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((7, 0), (await peer.AskAsync(Wire.Answer(Heard.PubRel, 7), Heard.PubComp)) is var done ? (done.Id, (int)done.Reason) : default);
    }
}

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 sections 3.3.4, 4.4 to 4.6 and 4.9: overlapping subscriptions, redelivery, order, and flow control.</summary>
public sealed class Session5Tests() : ConformanceTests(Wire.V5)
{
    [Fact]
    public async Task MQTT_3_3_4_2_OverlappingSubscriptions_DeliverAtTheHighestQos()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+", 0);
        await peer.SubscribeAsync("a/#", 2);
        await peer.SubscribeAsync("a/b", 1);

        await peer.PublishAsync("a/b", "x", 2);

        Assert.Equal(2, (await peer.ReceiveAsync("x")).Qos);
    }

    [Fact]
    public async Task MQTT_3_3_4_3_SubscriptionIdentifier_ComesWithTheMessage()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1, Property.SubscriptionIdentifier(268_435_455));

        await peer.PublishAsync("a", "x", 1);

        Assert.Equal(268_435_455u, (await peer.ReceiveAsync("x")).Numeric(Property.SubscriptionIdentifierId));
    }

    [Fact]
    public async Task MQTT_3_3_4_4_SingleCopy_NamesEverySubscription()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+", 1, Property.SubscriptionIdentifier(1));
        await peer.SubscribeAsync("a/#", 1, Property.SubscriptionIdentifier(200));
        await peer.SubscribeAsync("#", 1);

        await peer.PublishAsync("a/b", "x", 1);

        var identifiers = (await peer.ReceiveAsync("x")).Properties.Select(p => p.Value[2..]).OrderBy(v => v[1]);
        Assert.Equal([[0, 1], [0, 200]], identifiers);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public Task MQTT_3_3_4_6_SubscriptionIdentifierFromAClient_EndsTheConnection() =>
        AssertEndedByAsync(Wire.Publish(Wire.V5, "a", "x", properties: Property.SubscriptionIdentifier(1)), 0x81, 0x82);

    [Fact]
    public async Task MQTT_3_3_4_7_MoreThanOurReceiveMaximum_EndsTheConnection()
    {
        var peer = await OpenAsync();
        var window = (await peer.ConnectAsync("client")).Numeric(Property.ReceiveMaximumId) ?? 65_535;
        for (var i = 0; i <= window; i++)
        {
            await peer.SendAsync(Wire.Publish(Wire.V5, "a", "x", 2, (ushort)(i + 1)));
        }

        Heard heard;
        while ((heard = await peer.NextAsync()).Type == Heard.PubRec)
        {
        }

        Assert.Equal((Heard.Disconnect, 0x93), (heard.Type, heard.Reason));
        await peer.AssertClosedAsync();
    }

    [Fact]
    public async Task MQTT_3_3_4_9_ClientsReceiveMaximum_IsKept()
    {
        var peer = await ConnectAsync(properties: Property.ReceiveMaximum(2));
        await peer.SubscribeAsync("a", 2);
        var publisher = await ConnectAsync("publisher");
        for (var i = 0; i < 4; i++)
        {
            await publisher.PublishAsync("a", $"{i}", (byte)(1 + (i % 2)));
        }

        var first = await peer.NextAsync(Heard.Publish);
        var second = await peer.NextAsync(Heard.Publish);
        await peer.SendAsync(Wire.Ping);
        await peer.NextAsync(Heard.PingResp);
        // A PUBREC frees no place: only PUBCOMP does.
        await peer.AskAsync(Wire.Answer(Heard.PubRec, (ushort)second.Id), Heard.PubRel);
        await peer.SendAsync(Wire.Ping);
        await peer.NextAsync(Heard.PingResp);

        await peer.SendAsync(Wire.Answer(Heard.PubAck, (ushort)first.Id));
        Assert.Equal("2", (await peer.NextAsync(Heard.Publish)).Payload);
        await peer.SendAsync(Wire.Answer(Heard.PubComp, (ushort)second.Id));
        Assert.Equal("3", (await peer.NextAsync(Heard.Publish)).Payload);
    }

    [Fact]
    public async Task MQTT_3_3_4_10_FullWindow_DelaysNothingElse()
    {
        var peer = await ConnectAsync(properties: Property.ReceiveMaximum(1));
        await peer.SubscribeAsync("a", 1);
        await peer.PublishAsync("a", "one", 1);
        await peer.PublishAsync("a", "two", 1);
        await peer.NextAsync(Heard.Publish);

        await peer.SendAsync(Wire.Ping, Wire.Subscribe(Wire.V5, 7, null, ("b", 0)), Wire.Publish(Wire.V5, "c", "x", 1, 8));

        List<byte> answers = [(await peer.NextAsync()).Type, (await peer.NextAsync()).Type, (await peer.NextAsync()).Type];
        Assert.Equal([Heard.PubAck, Heard.SubAck, Heard.PingResp], answers.Order());
    }

    [Fact]
    public async Task MQTT_4_4_0_1_ResumedSession_GetsWhatItDidNotAcknowledge()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 2);
        for (var i = 0; i < 4; i++)
        {
            await first.PublishAsync("a", $"{i}", (byte)(1 + (i % 2)));
        }

        var sent = new[] { await first.NextAsync(), await first.NextAsync(), await first.NextAsync(), await first.NextAsync() };
        await first.SendAsync(Wire.Answer(Heard.PubAck, (ushort)sent[0].Id));
        await first.AskAsync(Wire.Answer(Heard.PubRec, (ushort)sent[1].Id), Heard.PubRel);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();

        List<Heard> again = [await second.NextAsync(), await second.NextAsync(), await second.NextAsync()];
        Assert.Equal(sent[1].Id, again.Single(p => p.Type == Heard.PubRel).Id);
        Assert.Equal([(sent[2].Id, "2"), (sent[3].Id, "3")], again.Where(p => p.Type == Heard.Publish).Select(p => (p.Id, p.Payload)));
    }

    [Fact]
    public async Task MQTT_4_4_0_2_MessageTheClientRefused_IsNotSentAgain()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 2);
        await first.PublishAsync("a", "one", 1);
        await first.PublishAsync("a", "two", 2);
        await first.SendAsync(Wire.Answer(Heard.PubAck, (ushort)(await first.NextAsync()).Id, 0x80));
        await first.SendAsync(Wire.Answer(Heard.PubRec, (ushort)(await first.NextAsync()).Id, 0x97));
        await first.AskAsync(Wire.Ping, Heard.PingResp);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();

        await second.AssertNothingAsync(second);
    }

    [Fact]
    public async Task MQTT_4_5_0_1_MessageForAnAbsentClient_IsAddedToItsSession()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Cut();
        await ClosedAsync("client");
        await (await ConnectAsync("publisher")).PublishAsync("a", "x", 1);

        await (await ConnectLastingAsync()).ReceiveAsync("x");
    }

    [Fact]
    public async Task MQTT_4_6_0_5_MessagesOfAPublisher_ArriveInOrder()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        var publisher = await ConnectAsync("publisher");

        await publisher.SendAsync([.. Enumerable.Range(1, 50).Select(i => Wire.Publish(Wire.V5, "a", $"{i}", 1, (ushort)i))]);

        for (var i = 1; i <= 50; i++)
        {
            await peer.ReceiveAsync($"{i}");
        }
    }

    [Fact]
    public async Task MQTT_4_6_0_6_EveryTopic_IsOrderedAlsoInRedelivery()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("#", 1);
        for (var i = 0; i < 10; i++)
        {
            await first.PublishAsync("any/topic", $"{i}", 1);
        }

        await first.ReceiveAsync("0");
        await first.AskAsync(Wire.Ping, Heard.PingResp);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();
        for (var i = 1; i < 10; i++)
        {
            await second.ReceiveAsync($"{i}");
        }
    }

    [Fact]
    public async Task MQTT_4_9_0_1_FirstMessages_GoWithoutWaiting()
    {
        var peer = await ConnectAsync(properties: Property.ReceiveMaximum(1));
        await peer.SubscribeAsync("a", 1);

        await peer.PublishAsync("a", "x", 1);

        await peer.ReceiveAsync("x");
    }

    [Fact]
    public async Task MQTT_4_9_0_2_QuotaOfZero_SendsNoMoreOfQos1And2()
    {
        var peer = await ConnectAsync(properties: Property.ReceiveMaximum(1));
        await peer.SubscribeAsync("a", 1);
        await peer.PublishAsync("a", "one", 1);
        await peer.PublishAsync("a", "two", 1);
        var first = await peer.NextAsync(Heard.Publish);

        await peer.SendAsync(Wire.Ping);
        await peer.NextAsync(Heard.PingResp);

        await peer.SendAsync(Wire.Answer(Heard.PubAck, (ushort)first.Id));
        await peer.ReceiveAsync("two");
    }

    [Fact]
    public async Task MQTT_4_9_0_3_QuotaOfZero_StillAnswers()
    {
        var peer = await ConnectAsync(properties: Property.ReceiveMaximum(1));
        await peer.SubscribeAsync("a", 1);
        await peer.PublishAsync("a", "one", 1);
        await peer.NextAsync(Heard.Publish);

        await peer.AskAsync(Wire.Publish(Wire.V5, "b", "x", 2, 9), Heard.PubRec);
        await peer.AskAsync(Wire.Answer(Heard.PubRel, 9), Heard.PubComp);
        await peer.UnsubscribeAsync("a");
    }

    private async Task AssertEndedByAsync(byte[] packet, params byte[] reasons)
    {
        var peer = await ConnectAsync();
        await peer.SendAsync(packet);
        Assert.Contains((await peer.NextAsync(Heard.Disconnect)).Reason, reasons);
        await peer.AssertClosedAsync();
    }
}

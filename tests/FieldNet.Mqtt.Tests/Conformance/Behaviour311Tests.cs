namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1 chapter 4: sessions, the exchanges of QoS 0 to 2, order, topics and errors.</summary>
public sealed class Behaviour311Tests() : ConformanceTests(Wire.V311)
{
    [Fact]
    public async Task MQTT_4_1_0_1_SessionState_IsKeptBetweenConnections()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 2);
        await first.AskAsync(Wire.Publish(Wire.V311, "b", "half done", 2, 7), Heard.PubRec);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();

        await second.AskAsync(Wire.Answer(Heard.PubRel, 7), Heard.PubComp);
        await second.PublishAsync("a", "x", 2);
        await second.ReceiveAsync("x");
    }

    [Fact]
    public async Task MQTT_4_1_0_2_SessionOfAnOpenConnection_Lasts()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        Advance(TimeSpan.FromDays(2));

        await peer.PublishAsync("a", "x", 1);
        await peer.ReceiveAsync("x");
    }

    [Fact]
    public async Task MQTT_4_3_1_1_QosZero_IsSentOnceWithoutDup()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");
        await peer.PublishAsync("a", "x", 1);

        Assert.Equal((0, false), await peer.ReceiveAsync("x") is var message ? (message.Qos, message.IsDuplicate) : default);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_4_3_2_1_ServerAsSenderAtQos1_KeepsTheMessageUntilPubAck()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        await first.PublishAsync("a", "x", 1);
        var id = (await first.NextAsync(Heard.Publish)).Id;
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();
        Assert.Equal(id, (await second.ReceiveAsync("x")).Id);
        await second.AskAsync(Wire.Ping, Heard.PingResp);
        second.Cut();
        await ClosedAsync("client");

        var third = await ConnectLastingAsync();
        await third.AssertNothingAsync(third);
    }

    [Fact]
    public async Task MQTT_4_3_2_2_ServerAsReceiverAtQos1_TakesEachPublishAsNew()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        await peer.AskAsync(Wire.Publish(Wire.V311, "a", "one", 1, 5), Heard.PubAck);
        await peer.AskAsync(Wire.Publish(Wire.V311, "a", "two", 1, 5, duplicate: true), Heard.PubAck);

        await peer.ReceiveAsync("one");
        await peer.ReceiveAsync("two");
    }

    [Fact]
    public async Task MQTT_4_3_3_1_ServerAsSenderAtQos2_GoesOnWhereItWas()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 2);
        await first.PublishAsync("a", "x", 2);
        var id = (await first.NextAsync(Heard.Publish)).Id;
        Assert.Equal(id, (await first.AskAsync(Wire.Answer(Heard.PubRec, (ushort)id), Heard.PubRel)).Id);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();
        Assert.Equal(id, (await second.NextAsync(Heard.PubRel)).Id);
        await second.SendAsync(Wire.Answer(Heard.PubComp, (ushort)id));
        await second.AssertNothingAsync(second);
    }

    [Fact]
    public async Task MQTT_4_3_3_2_ServerAsReceiverAtQos2_DeliversOnce()
    {
        var listener = await ConnectAsync("listener");
        await listener.SubscribeAsync("a", 2);
        var first = await ConnectLastingAsync();
        await first.AskAsync(Wire.Publish(Wire.V311, "a", "once", 2, 5), Heard.PubRec);
        await first.AskAsync(Wire.Publish(Wire.V311, "a", "once", 2, 5, duplicate: true), Heard.PubRec);
        first.Cut();
        await ClosedAsync("client");
        var second = await ConnectLastingAsync();
        await second.AskAsync(Wire.Publish(Wire.V311, "a", "once", 2, 5, duplicate: true), Heard.PubRec);
        await second.AskAsync(Wire.Answer(Heard.PubRel, 5), Heard.PubComp);
        await second.PublishAsync("a", "new", 2, id: 5);

        await listener.ReceiveAsync("once");
        await listener.ReceiveAsync("new");
    }

    [Fact]
    public async Task MQTT_4_4_0_1_ResumedSession_GetsWhatItDidNotAcknowledge()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        await first.PublishAsync("a", "one", 1);
        await first.PublishAsync("a", "two", 1);
        var one = await first.ReceiveAsync("one");
        var two = await first.NextAsync(Heard.Publish);
        await first.AskAsync(Wire.Ping, Heard.PingResp);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();
        Assert.NotEqual(one.Id, two.Id);
        Assert.Equal(two.Id, (await second.ReceiveAsync("two")).Id);
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
    public async Task MQTT_4_6_0_5_EveryTopic_IsOrdered()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("#", 1);
        for (var i = 0; i < 10; i++)
        {
            await peer.PublishAsync("any", $"{i}", 1);
        }

        for (var i = 0; i < 10; i++)
        {
            await peer.ReceiveAsync($"{i}");
        }
    }

    [Fact]
    public async Task MQTT_4_6_0_6_MessagesOfAPublisher_ArriveInOrder()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        var publisher = await ConnectAsync("publisher");
        await publisher.SendAsync([.. Enumerable.Range(1, 50).Select(i => Wire.Publish(Wire.V311, "a", $"{i}", 1, (ushort)i))]);

        for (var i = 1; i <= 50; i++)
        {
            await peer.ReceiveAsync($"{i}");
        }
    }

    [Fact]
    public Task MQTT_4_7_1_1_WildcardInATopicName_EndsTheConnection() => AssertEndedAsync(Wire.Publish(Wire.V311, "a/+", "x"));

    [Theory]
    [InlineData("a#")]
    [InlineData("a/#/b")]
    public Task MQTT_4_7_1_2_MisplacedNumberSign_IsRefused(string filter) => AssertFilterRefusedAsync(filter);

    [Theory]
    [InlineData("a+")]
    [InlineData("+a/b")]
    public Task MQTT_4_7_1_3_MisplacedPlus_IsRefused(string filter) => AssertFilterRefusedAsync(filter);

    [Fact]
    public async Task MQTT_4_7_2_1_LeadingWildcard_MatchesNoDollarTopic()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("#", 1);
        await peer.PublishAsync("$test/x", "hidden", 1);
        await peer.PublishAsync("seen", "seen", 1);

        await peer.ReceiveAsync("seen");
    }

    [Fact]
    public async Task MQTT_4_7_3_1_EmptyTopicOrFilter_IsRefused()
    {
        await AssertFilterRefusedAsync("");
        await AssertEndedAsync(Wire.Publish(Wire.V311, "", "x"));
    }

    [Fact]
    public Task MQTT_4_7_3_2_NullCharacter_EndsTheConnection() => AssertEndedAsync(Wire.Subscribe(Wire.V311, 1, null, ("a\0", 0)));

    [Fact]
    public async Task MQTT_4_7_3_3_LongTopic_NeitherBreaksNorIsCut()
    {
        var topic = new string('x', 4_000);
        var peer = await ConnectAsync();
        await peer.SubscribeAsync(topic, 1);
        await peer.PublishAsync(topic, "x", 1);

        Assert.Equal(topic, (await peer.ReceiveAsync("x")).Topic);
    }

    [Theory]
    [InlineData("a/B", "a/b")]
    [InlineData("\u00E9", "e\u0301")]
    [InlineData("a//b", "a/b")]
    [InlineData("a/", "a")]
    public async Task MQTT_4_7_3_4_Topics_AreNotNormalised(string topic, string other)
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync(topic, 1);
        await peer.PublishAsync(other, "other", 1);
        await peer.PublishAsync(topic, "same", 1);

        await peer.ReceiveAsync("same");
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("F000")]
    [InlineData("D000")]
    [InlineData("3080808080")]
    public Task MQTT_4_8_0_1_ProtocolViolation_EndsTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    private async Task AssertFilterRefusedAsync(string filter)
    {
        var peer = await ConnectAsync();

        Assert.Equal([0x80], (await peer.SubscribeAsync(filter)).Codes);
    }
}

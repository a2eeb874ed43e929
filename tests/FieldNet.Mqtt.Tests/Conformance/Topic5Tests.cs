namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 sections 4.7 and 4.8: topics, filters and shared subscriptions.</summary>
public sealed class Topic5Tests() : ConformanceTests(Wire.V5)
{
    [Theory]
    [InlineData("a/+")]
    [InlineData("#")]
    public Task MQTT_4_7_0_1_WildcardInATopicName_EndsTheConnection(string topic) => AssertEndedAsync(Wire.Publish(Wire.V5, topic, "x"), 0x90);

    [Theory]
    [InlineData("a#")]
    [InlineData("a/#/b")]
    [InlineData("##")]
    public async Task MQTT_4_7_1_1_MisplacedNumberSign_IsRefused(string filter)
    {
        var peer = await ConnectAsync();

        Assert.Equal([0x8F], (await peer.SubscribeAsync(filter)).Codes);
    }

    [Theory]
    [InlineData("a+")]
    [InlineData("+a/b")]
    [InlineData("a/b+/c")]
    public async Task MQTT_4_7_1_2_MisplacedPlus_IsRefused(string filter)
    {
        var peer = await ConnectAsync();

        Assert.Equal([0x8F], (await peer.SubscribeAsync(filter)).Codes);
    }

    [Theory]
    [InlineData("#", "a", true)]
    [InlineData("#", "/a/b", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("+", "a", true)]
    [InlineData("+", "/a", false)]
    [InlineData("/+", "/a", true)]
    [InlineData("+/+", "/a", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("+/b/#", "a/b", true)]
    [InlineData("a/+/+/c", "a///c", true)]
    public async Task MQTT_4_7_1_2_Wildcards_MatchByLevels(string filter, string topic, bool matches)
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync(filter, 1);

        await peer.PublishAsync(topic, "x", 1);

        if (matches)
        {
            await peer.ReceiveAsync("x");
        }

        await peer.UnsubscribeAsync(filter);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_4_7_2_1_LeadingWildcard_MatchesNoDollarTopic()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("#", 1);
        await peer.SubscribeAsync("+/client/#", 1);

        await peer.PublishAsync("$test/client/x", "hidden", 1);
        await peer.PublishAsync("a/$test", "seen", 1);

        await peer.ReceiveAsync("seen");
        await peer.UnsubscribeAsync("#");
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_4_7_3_1_EmptyTopicOrFilter_IsRefused()
    {
        var peer = await ConnectAsync();
        Assert.Equal([0x8F], (await peer.SubscribeAsync("")).Codes);

        await peer.SendAsync(Wire.Publish(Wire.V5, "", "x"));

        await peer.AssertEndedAsync(0x82);
    }

    [Fact]
    public async Task MQTT_4_7_3_2_NullCharacter_EndsTheConnection()
    {
        await AssertEndedAsync(Wire.Publish(Wire.V5, "\0", "x"));
        await AssertEndedAsync(Wire.Subscribe(Wire.V5, 1, null, ("a\0", 0)));
    }

    [Fact]
    public async Task MQTT_4_7_3_3_TopicOf65535Bytes_NeitherBreaksNorIsCut()
    {
        var topic = new string('x', 65_535);
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("#");
        await peer.SendAsync(Wire.Publish(Wire.V5, topic, "x", 1, 1));

        // Delivered whole, or refused by a limit of the server's.
        var heard = await peer.NextAsync();
        heard = heard.Type == Heard.PubAck && heard.Reason == 0 ? await peer.NextAsync() : heard;
        Assert.True(heard.Type == Heard.Publish ? heard.Topic == topic : heard.Reason == 0x90);
    }

    [Theory]
    [InlineData("a/B", "a/b")]
    [InlineData("a b", "a%20b")]
    [InlineData("\u00E9", "e\u0301")]
    [InlineData("a//b", "a/b")]
    [InlineData("a/", "a")]
    [InlineData(" a", "a")]
    [InlineData("\uFB01", "fi")]
    public async Task MQTT_4_7_3_4_Topics_AreNotNormalised(string topic, string other)
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync(topic, 1);

        await peer.PublishAsync(other, "other", 1);
        await peer.PublishAsync(topic, "same", 1);

        Assert.Equal(topic, (await peer.ReceiveAsync("same")).Topic);
        await peer.AssertNothingAsync(peer);
    }

    [Theory]
    [InlineData("$share/")]
    [InlineData("$share//a")]
    [InlineData("$share")]
    public async Task MQTT_4_8_2_1_ShareWithoutAName_IsNoShare(string filter)
    {
        var peer = await ConnectAsync();

        var code = (await peer.SubscribeAsync(filter, 1)).Codes.Single();

        // "$share" alone is an ordinary filter (4.8.2 speaks of filters that start with "$share/").
        Assert.Equal(filter == "$share" ? 1 : 0x8F, code);
    }

    [Theory]
    [InlineData("$share/na+me/a")]
    [InlineData("$share/na#me/a")]
    [InlineData("$share/name")]
    [InlineData("$share/name/")]
    public async Task MQTT_4_8_2_2_ShareNameAgainstTheRules_IsRefused(string filter)
    {
        var peer = await ConnectAsync();

        Assert.Equal([0x8F], (await peer.SubscribeAsync(filter, 1)).Codes);
    }
}

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0: topic aliases both ways.</summary>
public sealed class Alias5Tests() : ConformanceTests(Wire.V5)
{
    [Fact]
    public async Task MQTT_3_1_2_26_AliasesToTheClient_StayWithinItsMaximum()
    {
        var peer = await ConnectAsync(properties: Property.TopicAliasMaximum(2));
        await peer.SubscribeAsync("#");

        for (var i = 0; i < 12; i++)
        {
            await peer.PublishAsync($"a/{i % 6}", $"{i}");
            Assert.True((await peer.ReceiveAsync($"{i}")).Numeric(Property.TopicAliasId) is null or 1 or 2);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task MQTT_3_1_2_27_ClientWithoutAliases_GetsNone(int? maximum)
    {
        var peer = await ConnectAsync(properties: maximum is { } value ? Property.TopicAliasMaximum((ushort)value) : null);
        await peer.SubscribeAsync("a");

        for (var i = 0; i < 4; i++)
        {
            await peer.PublishAsync("a", $"{i}");
            Assert.Null((await peer.ReceiveAsync($"{i}")).Find(Property.TopicAliasId));
        }
    }

    [Fact]
    public async Task MQTT_3_3_2_7_AliasOfAnEarlierConnection_IsUnknown()
    {
        var first = await ConnectLastingAsync();
        await first.PublishAsync("a", "x", 1, properties: Property.TopicAlias(1));
        first.Dispose();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();
        await second.SendAsync(Wire.Publish(Wire.V5, "", "x", properties: Property.TopicAlias(1)));

        await second.AssertEndedAsync(0x82);
    }

    [Fact]
    public Task MQTT_3_3_2_8_AliasZero_EndsTheConnection() =>
        AssertEndedAsync(Wire.Publish(Wire.V5, "a", "x", properties: Property.TopicAlias(0)), 0x94);

    [Fact]
    public async Task MQTT_3_3_2_9_AliasOverTheMaximum_EndsTheConnection()
    {
        var peer = await OpenAsync();
        var maximum = (await peer.ConnectAsync("client")).Numeric(Property.TopicAliasMaximumId) ?? 0;
        await peer.SendAsync(Wire.Publish(Wire.V5, "a", "x", properties: Property.TopicAlias((ushort)(maximum + 1))));

        await peer.AssertEndedAsync(0x94);
    }

    [Fact]
    public async Task MQTT_3_3_2_11_AliasToTheClient_CanBeFollowed()
    {
        var peer = await ConnectAsync(properties: Property.TopicAliasMaximum(3));
        await peer.SubscribeAsync("#");
        Dictionary<uint, string> names = [];

        for (var i = 0; i < 20; i++)
        {
            var topic = $"a/{i % 5}";
            await peer.PublishAsync(topic, $"{i}");
            var message = await peer.ReceiveAsync($"{i}");
            var alias = message.Numeric(Property.TopicAliasId);
            if (message.Topic.Length > 0 && alias is { } given)
            {
                names[given] = message.Topic;
            }

            Assert.True(alias is null or (> 0 and <= 3));
            Assert.Equal(topic, message.Topic.Length > 0 ? message.Topic : names[alias!.Value]);
        }
    }

    [Fact]
    public async Task MQTT_3_3_2_12_EveryAliasToTheMaximum_IsTaken()
    {
        var peer = await OpenAsync();
        var maximum = (await peer.ConnectAsync("client")).Numeric(Property.TopicAliasMaximumId) ?? 0;
        Assert.True(maximum > 0, "aliases save the bedside's uplink");
        await peer.SubscribeAsync("#");

        foreach (var alias in new[] { 1, (int)maximum })
        {
            await peer.PublishAsync($"name/{alias}", "first", properties: Property.TopicAlias((ushort)alias));
            Assert.Null((await peer.ReceiveAsync("first")).Find(Property.TopicAliasId));
            await peer.PublishAsync("", "second", properties: Property.TopicAlias((ushort)alias));
            Assert.Equal($"name/{alias}", (await peer.ReceiveAsync("second")).Topic);
            await peer.PublishAsync($"renamed/{alias}", "third", properties: Property.TopicAlias((ushort)alias));
            await peer.ReceiveAsync("third");
            await peer.PublishAsync("", "fourth", properties: Property.TopicAlias((ushort)alias));
            Assert.Equal($"renamed/{alias}", (await peer.ReceiveAsync("fourth")).Topic);
        }
    }
}

using FieldNet.Mqtt.Tests.Endpoint;

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>A client that says what a test tells it and hears all that the server sends.</summary>
/// <remarks>Shape: packets come by <see cref="NextAsync()"/> in order; the questions below set aside what comes before their answer.</remarks>
internal sealed class Peer(RawPeer raw, byte version) : IDisposable
{
    private readonly Queue<Heard> _aside = new();

    public byte Version => version;

    public Task SendAsync(params ReadOnlySpan<byte[]> packets) => raw.SendAsync(Wire.Join(packets));

    /// <summary>Sends CONNECT and takes the CONNACK, which must say yes.</summary>
    public async Task<Heard> ConnectAsync(string clientId, bool clean = true, ushort keepAlive = 0, byte[]? properties = null, LastWill? will = null)
    {
        await SendAsync(Wire.Connect(version, clientId, clean, keepAlive, properties, will));
        var answer = await NextAsync(Heard.ConnAck);
        Assert.Equal(0, answer.Reason);
        return answer;
    }

    /// <summary>The next packet of all; fails the test at the end of the connection.</summary>
    public async Task<Heard> NextAsync()
    {
        var packet = _aside.TryDequeue(out var kept) ? kept : await TryReceiveAsync();
        Assert.True(packet is not null, "The connection ended.");
        return packet;
    }

    /// <summary>The next packet of all, which must be of that type.</summary>
    public async Task<Heard> NextAsync(byte type)
    {
        var packet = await NextAsync();
        Assert.True(packet.Type == type, $"Type {type} was to come, not {packet}.");
        return packet;
    }

    /// <summary>Sends and takes the next packet of that type; what comes before it waits for <see cref="NextAsync()"/>.</summary>
    public async Task<Heard> AskAsync(byte[] packet, byte answer)
    {
        await SendAsync(packet);
        while (true)
        {
            var heard = await TryReceiveAsync();
            Assert.True(heard is not null, $"The connection ended before type {answer} came.");
            if (heard.Type == answer)
            {
                return heard;
            }

            _aside.Enqueue(heard);
        }
    }

    public Task<Heard> SubscribeAsync(string filter, byte options = 0, byte[]? properties = null, ushort id = 0x5B) =>
        AskAsync(Wire.Subscribe(version, id, properties, (filter, options)), Heard.SubAck);

    public Task<Heard> UnsubscribeAsync(string filter) => AskAsync(Wire.Unsubscribe(version, 0x5C, filter), Heard.UnsubAck);

    /// <summary>Publishes and sees the whole exchange through; at QoS 0, a ping says that it was read.</summary>
    public async Task PublishAsync(string topic, string payload, byte qos = 0, bool retain = false, byte[]? properties = null, ushort id = 0x50)
    {
        var packet = Wire.Publish(version, topic, payload, qos, id, retain, properties: properties);
        switch (qos)
        {
            case 0:
                await AskAsync(Wire.Join(packet, Wire.Ping), Heard.PingResp);
                break;
            case 1:
                Assert.Equal(id, (await AskAsync(packet, Heard.PubAck)).Id);
                break;
            default:
                Assert.Equal(id, (await AskAsync(packet, Heard.PubRec)).Id);
                Assert.Equal(id, (await AskAsync(Wire.Answer(Heard.PubRel, id), Heard.PubComp)).Id);
                break;
        }
    }

    /// <summary>Takes the next packet, a PUBLISH with that payload, and answers it in full.</summary>
    public async Task<Heard> ReceiveAsync(string payload)
    {
        var message = await NextAsync(Heard.Publish);
        Assert.Equal(payload, message.Payload);
        if (message.Qos == 1)
        {
            await SendAsync(Wire.Answer(Heard.PubAck, (ushort)message.Id));
        }
        else if (message.Qos == 2)
        {
            Assert.Equal(message.Id, (await AskAsync(Wire.Answer(Heard.PubRec, (ushort)message.Id), Heard.PubRel)).Id);
            await SendAsync(Wire.Answer(Heard.PubComp, (ushort)message.Id));
        }

        return message;
    }

    /// <summary>Nothing has come and nothing is under way: a message published now to a topic of its own is the next packet.</summary>
    public async Task AssertNothingAsync(Peer publisher)
    {
        const string barrier = "barrier";
        await SubscribeAsync(barrier, 1);
        await publisher.PublishAsync(barrier, barrier, 1, id: 0xBA);
        await ReceiveAsync(barrier);
    }

    public Task AssertClosedAsync()
    {
        Assert.Empty(_aside);
        return raw.AssertClosedAsync();
    }

    /// <summary>MQTT 5: DISCONNECT with that reason and the end; before: the end.</summary>
    public async Task AssertEndedAsync(byte reason)
    {
        if (version >= Wire.V5)
        {
            Assert.Equal(reason, (await NextAsync(Heard.Disconnect)).Reason);
        }

        await AssertClosedAsync();
    }

    /// <summary>Ends the connection as a cut cable with a live kernel would: without DISCONNECT.</summary>
    public void Cut() => raw.Reset();

    public void Dispose() => raw.Dispose();

    private async Task<Heard?> TryReceiveAsync() => await raw.TryReadAsync() is { } packet ? new Heard(packet.Header, packet.Body, version) : null;
}

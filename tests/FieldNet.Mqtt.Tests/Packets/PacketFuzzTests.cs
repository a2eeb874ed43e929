using System.Buffers;
using FieldNet.Mqtt.Packets;
using FieldNet.TestKit;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>Whatever bytes come, the codec answers and never throws.</summary>
public sealed class PacketFuzzTests(ITestOutputHelper output)
{
    private static readonly MqttProtocolVersion[] Versions = [MqttProtocolVersion.V31, MqttProtocolVersion.V311, MqttProtocolVersion.V5];

    [Fact]
    public void Read_RandomAndMutatedBytes_NeverThrows()
    {
        const int seed = 20260901;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[][] good =
        [
            Convert.FromHexString("00044D51545405CE000A05110000000A00016100000177000178000175000170"),
            Convert.FromHexString("0003612F62000A0970"[..14] + "0001002600016100016270"),
            Convert.FromHexString("000A000003612F62010003632F6402"),
            Convert.FromHexString("010210041F000161"),
        ];
        for (var i = 0; i < 200_000; i++)
        {
            byte[] body;
            if (i % 2 == 0)
            {
                body = new byte[random.Next(64)];
                random.NextBytes(body);
            }
            else
            {
                body = [.. good[random.Next(good.Length)]];
                body[random.Next(body.Length)] = (byte)random.Next(256);
                body = body[..random.Next(1, body.Length + 1)];
            }

            ReadAsEverything((byte)random.Next(256), body);
        }
    }

    [Fact]
    public void Read_SharedFuzzFiles_NeverThrows()
    {
        var folder = SharedData.Find("mqtt/fuzz");
        Assert.SkipUnless(folder is not null, SharedData.Absent);

        var packets = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.bin"))
        {
            var buffer = new ReadOnlySequence<byte>(File.ReadAllBytes(file));
            while (MqttFramer.TryReadFrame(ref buffer, 256 * 1024, out var header, out var body) == FrameStatus.Complete)
            {
                ReadAsEverything(header, body.ToArray());
                packets++;
            }
        }

        Assert.True(packets > 0);
    }

    private static void ReadAsEverything(byte header, byte[] body)
    {
        var framed = new ReadOnlySequence<byte>(body);
        MqttFramer.TryReadFrame(ref framed, 1000, out _, out _);
        ConnectPacket.Read(body, out _);
        foreach (var version in Versions)
        {
            MqttFixedHeader.IsValid(header, version);
            ConnAckPacket.Read(body, version, out _);
            PublishPacket.Read(header, body, version, MqttPropertyRules.PublishToClient, out _);
            AckPacket.Read(body, version, out _);
            SubAckPacket.Read(body, version, out _);
            DisconnectPacket.Read(body, version, out _);
            if (SubscribePacket.Read(body, version, out var subscribe) == MqttReasonCode.Success)
            {
                var count = 0;
                while (subscribe.TryReadNext(out var filter, out _))
                {
                    MqttTopic.IsValidFilter(filter, 8);
                    count++;
                }

                Assert.Equal(subscribe.Count, count);
            }

            if (UnsubscribePacket.Read(body, version, out var unsubscribe) == MqttReasonCode.Success)
            {
                while (unsubscribe.TryReadNext(out _))
                {
                }
            }
        }
    }
}

using FieldNet.Mqtt.Tests.Conformance;
using FieldNet.TestKit;

namespace FieldNet.Mqtt.Tests.Hostile;

/// <summary>Good packets of every kind, made bad: flipped, cut, lengthened, spliced.</summary>
/// <remarks>Shape: the same seed gives the same packets.</remarks>
internal sealed class PacketMutator(int seed)
{
    private static readonly byte[][] Good =
    [
        Wire.Connect(Wire.V5, "fuzz", clean: false, keepAlive: 10, Property.SessionExpiry(600), new LastWill("fuzz/will", "gone", 1, true, Property.WillDelay(5))),
        Wire.Connect(Wire.V311, "fuzz", userName: "user", password: [1, 2, 3]),
        Wire.Publish(Wire.V5, "fuzz/a", "x", properties: Wire.Join(Property.TopicAlias(3), Property.MessageExpiry(9), Property.User("a", "b"))),
        Wire.Publish(Wire.V5, "", "x", properties: Property.TopicAlias(3)),
        Wire.Publish(Wire.V311, "fuzz/b/c", "payload", 1, 7, retain: true),
        Wire.Publish(Wire.V5, "fuzz/d", "payload", 2, 8),
        Wire.Subscribe(Wire.V5, 9, Property.SubscriptionIdentifier(5), ("fuzz/#", 2), ("$share/s/fuzz/+", 1)),
        Wire.Subscribe(Wire.V311, 10, null, ("fuzz/+/c", 1)),
        Wire.Unsubscribe(Wire.V5, 11, "fuzz/#", "fuzz/+"),
        Wire.Answer(Heard.PubAck, 1),
        Wire.Answer(Heard.PubRec, 2, 0x10),
        Wire.Answer(Heard.PubRel, 8),
        Wire.Answer(Heard.PubComp, 3),
        Wire.Ping,
        Wire.Packet(0xF0, [0x18], Wire.Block(Wire.V5, Property.AuthenticationMethod("x"))),
        Wire.Disconnect(4, Property.SessionExpiry(5)),
    ];

    private readonly Random _random = new(seed);
    private readonly byte[][] _good = [.. Good, .. SharedFiles()];

    /// <summary>Packets of a public fuzzer; none without the shared recordings.</summary>
    public static IEnumerable<byte[]> SharedFiles() =>
        SharedData.Find("mqtt/fuzz") is { } folder ? Directory.EnumerateFiles(folder, "*.bin").Order().Select(File.ReadAllBytes) : [];

    public bool Chance(int percent) => _random.Next(100) < percent;

    public byte[] Next()
    {
        var packet = Pick();
        for (var changes = _random.Next(4); changes > 0 && packet.Length > 0; changes--)
        {
            packet = Change(packet);
        }

        return packet;
    }

    private byte[] Change(byte[] packet)
    {
        var at = _random.Next(packet.Length);
        switch (_random.Next(7))
        {
            case 0:
                packet[at] ^= (byte)(1 << _random.Next(8));
                return packet;
            case 1:
                packet[at] = (byte)_random.Next(256);
                return packet;
            case 2:
                return packet[..at];
            case 3:
                var noise = new byte[_random.Next(1, 16)];
                _random.NextBytes(noise);
                return [.. packet[..at], .. noise, .. packet[at..]];
            case 4:
                return [.. packet[..at], .. Pick()];
            case 5 when packet.Length > 1:
                // The length says more or less than there is.
                packet[1] = (byte)_random.Next(256);
                return packet;
            default:
                packet[0] = (byte)_random.Next(256);
                return packet;
        }
    }

    private byte[] Pick() => [.. _good[_random.Next(_good.Length)]];
}

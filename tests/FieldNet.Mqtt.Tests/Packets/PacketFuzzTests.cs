using System.Buffers;
using System.Globalization;
using FieldNet.Mqtt.Packets;
using FieldNet.TestKit;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>Whatever bytes come, the codec answers, never throws, and allocates nothing for it.</summary>
/// <remarks>
/// A short run by default. <c>FIELDNET_SOAK=1</c> makes it ten million packets, <c>FIELDNET_SOAK=N</c> so many; <c>FIELDNET_SEED</c> starts
/// where another run failed.
/// </remarks>
public sealed class PacketFuzzTests(ITestOutputHelper output)
{
    private const int ShortRun = 1_000_000;
    private const int LongRun = 10_000_000;
    private const int PacketsPerCheck = 1000;
    private const int MaxMutatedBytes = 1024;

    private static readonly MqttProtocolVersion[] Versions = [MqttProtocolVersion.V31, MqttProtocolVersion.V311, MqttProtocolVersion.V5];

    [Fact]
    public void Check_EachSample_IsGood()
    {
        foreach (var (packet, version, fromClient) in PacketSamples.All)
        {
            Assert.Equal(FrameStatus.Complete, MqttFramer.TryReadFrame(packet, 1000, out var header, out var body, out var packetBytes));
            Assert.Equal(packet.Length, packetBytes);
            Assert.True(
                MqttReasonCode.Success == MqttPacketRules.Check(header, body, version, fromClient), $"{version} {Convert.ToHexString(packet)}");
        }
    }

    [Fact]
    public void Check_EachSampleCutAnywhere_IsNeverGood()
    {
        foreach (var (packet, version, fromClient) in PacketSamples.All)
        {
            for (var cut = 0; cut < packet.Length; cut++)
            {
                Assert.Equal(FrameStatus.Incomplete, MqttFramer.TryReadFrame(packet.AsSpan(0, cut), 1000, out _, out _, out _));
            }

            // The payload of PUBLISH may have any length, and a reason may be left out.
            if (MqttFixedHeader.Type(packet[0]) is MqttPacketType.Connect or MqttPacketType.ConnAck)
            {
                for (var cut = 0; cut < packet.Length - 2; cut++)
                {
                    var verdict = MqttPacketRules.Check(packet[0], packet.AsSpan(2, cut), version, fromClient);
                    var mayEndHere = version == MqttProtocolVersion.V31;
                    Assert.True(verdict != MqttReasonCode.Success || mayEndHere, $"{version} {cut}: {Convert.ToHexString(packet)}");
                }
            }
        }
    }

    [Fact]
    public void Check_MutatedPackets_NeverThrowNorAllocate()
    {
        var (seed, packets) = Run();
        output.WriteLine($"seed {seed}, {packets:N0} packets");
        var random = new Random(seed);
        var memory = new byte[PacketsPerCheck * MaxMutatedBytes];
        var lengths = new int[PacketsPerCheck];
        var accepted = 0L;
        for (var done = 0; done < packets; done += PacketsPerCheck)
        {
            for (var i = 0; i < PacketsPerCheck; i++)
            {
                lengths[i] = Mutate(random, memory.AsSpan(i * MaxMutatedBytes, MaxMutatedBytes)).Length;
            }

            var good = 0L;
            var allocated = Allocations.LeastOf(() => good = JudgeEach(memory, lengths));
            Assert.True(allocated == 0, $"The codec allocated {allocated} bytes between packets {done} and {done + PacketsPerCheck} of seed {seed}.");
            accepted += good;
        }

        // A mutation that leaves every packet bad would test little, and so would one that leaves every packet good.
        output.WriteLine($"{accepted / (double)packets:F2} of the six judgements of a packet were good");
        Assert.InRange(accepted, packets / 10, packets * 5L);
    }

    [Fact]
    public void Read_MutatedPublishThatIsAccepted_IsWrittenAsItCame()
    {
        const int seed = 20261123;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var target = new byte[MaxMutatedBytes];
        var written = new ArrayBufferWriter<byte>();
        var compared = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var packet = Mutate(random, target);
            if (MqttFramer.TryReadFrame(packet, MaxMutatedBytes, out var header, out var body, out var packetBytes) != FrameStatus.Complete
                || MqttFixedHeader.Type(header) != MqttPacketType.Publish
                || !MqttFixedHeader.IsValid(header, MqttProtocolVersion.V5)
                || PublishPacket.Read(header, body, MqttProtocolVersion.V5, MqttPropertyRules.PublishToClient, out var read) != MqttReasonCode.Success)
            {
                continue;
            }

            written.ResetWrittenCount();
            read.Write(written, MqttProtocolVersion.V5);
            Assert.True(packet[..packetBytes].SequenceEqual(written.WrittenSpan), Convert.ToHexString(packet));
            compared++;
        }

        Assert.True(compared > 1000);
    }

    [Fact]
    public void Check_SharedFuzzFiles_NeverThrowsWhereverTheyAreCut()
    {
        var folder = SharedData.Find("mqtt/fuzz");
        Assert.SkipUnless(folder is not null, SharedData.Absent);

        var files = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.bin").Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            MqttFramer.TryReadFrame(bytes, 256 * 1024, out var header, out var body, out _);
            output.WriteLine($"{Path.GetFileName(file)}: {MqttPacketRules.Check(header, body, MqttProtocolVersion.V5, fromClient: true)}");
            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                JudgeAll(bytes.AsSpan(0, cut));
                JudgeAll(bytes.AsSpan(cut));
            }

            files++;
        }

        Assert.True(files > 0);
    }

    private static long JudgeEach(byte[] memory, int[] lengths)
    {
        var good = 0L;
        for (var i = 0; i < lengths.Length; i++)
        {
            good += JudgeAll(memory.AsSpan(i * MaxMutatedBytes, lengths[i]));
        }

        return good;
    }

    private static (int Seed, int Packets) Run()
    {
        var soak = Environment.GetEnvironmentVariable("FIELDNET_SOAK");
        var seed = Environment.GetEnvironmentVariable("FIELDNET_SEED");
        return (
            string.IsNullOrEmpty(seed) ? 20261122 : int.Parse(seed, CultureInfo.InvariantCulture),
            soak switch { null or "" or "0" => ShortRun, "1" => LongRun, _ => int.Parse(soak, CultureInfo.InvariantCulture) });
    }

    /// <summary>Frames and judges in every version and direction.</summary>
    /// <returns>How many judgements were good.</returns>
    private static int JudgeAll(ReadOnlySpan<byte> bytes)
    {
        var good = 0;
        while (MqttFramer.TryReadFrame(bytes, MaxMutatedBytes, out var header, out var body, out var packetBytes) == FrameStatus.Complete)
        {
            foreach (var version in Versions)
            {
                good += MqttPacketRules.Check(header, body, version, fromClient: true) == MqttReasonCode.Success ? 1 : 0;
                good += MqttPacketRules.Check(header, body, version, fromClient: false) == MqttReasonCode.Success ? 1 : 0;
                Walk(body, version);
            }

            bytes = bytes[packetBytes..];
        }

        return good;
    }

    /// <summary>The cursors that others walk over an accepted packet.</summary>
    private static void Walk(ReadOnlySpan<byte> body, MqttProtocolVersion version)
    {
        if (SubscribePacket.Read(body, version, out var subscribe) == MqttReasonCode.Success)
        {
            var count = 0;
            while (subscribe.TryReadNext(out var filter, out _))
            {
                MqttTopic.IsValidFilter(filter, 8);
                MqttTopic.TrySplitShared(filter, out _, out _);
                count++;
            }

            if (subscribe.Count != count)
            {
                throw new InvalidOperationException("The filters are not as many as were counted.");
            }
        }

        if (UnsubscribePacket.Read(body, version, out var unsubscribe) == MqttReasonCode.Success)
        {
            while (unsubscribe.TryReadNext(out _))
            {
            }
        }

        MqttPropertyRules.OffsetOfMessageExpiry(body);
        Span<byte> copy = stackalloc byte[MaxMutatedBytes];
        MqttPropertyRules.CopyOnly(body, MqttPropertyRules.Forwarded, copy);
    }

    /// <summary>A good packet, changed in up to four places: bits, bytes, lengths, bytes put in or taken out, another packet's end.</summary>
    private static Span<byte> Mutate(Random random, Span<byte> target)
    {
        var sample = PacketSamples.All[random.Next(PacketSamples.All.Count)].Packet;
        sample.CopyTo(target);
        var length = sample.Length;
        for (var changes = random.Next(5); changes > 0 && length > 2; changes--)
        {
            var at = random.Next(length);
            switch (random.Next(7))
            {
                case 0:
                    target[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    target[at] = (byte)random.Next(256);
                    break;
                case 2:
                    target[at] = (byte)(target[at] + random.Next(-2, 3));
                    break;
                case 3 when length < 512:
                    target[at..length].CopyTo(target[(at + 1)..]);
                    length++;
                    break;
                case 4:
                    target[(at + 1)..length].CopyTo(target[at..]);
                    length--;
                    break;
                case 5 when length < 512:
                    var other = PacketSamples.All[random.Next(PacketSamples.All.Count)].Packet;
                    var from = random.Next(other.Length);
                    other.AsSpan(from).CopyTo(target[at..]);
                    length = at + other.Length - from;
                    break;
                default:
                    target[0] = (byte)((random.Next(16) << 4) | (target[0] & 15));
                    break;
            }
        }

        // Most of the time the remaining length is right, so that the body is looked at; all samples are short.
        if (length is > 2 and < 130 && random.Next(4) > 0)
        {
            target[1] = (byte)(length - 2);
        }

        return target[..length];
    }
}

using FieldNet.Capture.Packets;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Capture.Tests.Packets;

/// <summary>Memory is bounded, whatever a capture holds.</summary>
public sealed class CaptureLimitsTests(ITestOutputHelper output)
{
    private const string Connect = "100D00044D5154540402003C000163";

    [Fact]
    public void Read_PacketOverTheLimit_IsCountedAndNotKept()
    {
        var large = new byte[5000];
        large[0] = 0x30;
        MqttVarint.Write(large.AsSpan(1), large.Length - 3);
        large[4] = 1;
        large[5] = (byte)'t';
        var script = new CaptureScript().Open().Client(Connect).Client(large[..3000]).Client(large[3000..]).Client("C000");

        var seen = Read(script, new CaptureLimits { MaxPacketBytes = 1000 });

        Assert.Equal(["Connect whole", "Publish", "PingReq whole"], seen.Packets);
    }

    [Fact]
    public void Read_TooMuchBehindAGap_GivesTheGapUp()
    {
        var script = new CaptureScript().Open().Client(Connect).Uncaptured(100);
        for (var i = 0; i < 50; i++)
        {
            script.Client("C000");
        }

        var seen = Read(script, new CaptureLimits { MaxPendingBytes = 1000 });

        Assert.Equal((1, 51), (seen.LostGaps, seen.Packets.Count));
    }

    [Fact]
    public void Read_MoreConnectionsThanMayBeFollowed_GivesUpThoseSilentLongest()
    {
        var script = new CaptureScript();
        for (var i = 0; i < 100; i++)
        {
            script.With(new CaptureScript { ClientPort = (ushort)(10_000 + i) }.Open().Client(Connect));
        }

        var seen = Read(script, new CaptureLimits { MaxConnections = 32 });

        Assert.Equal((100, 100, 100), (seen.Opened, seen.Closed, seen.Packets.Count));
    }

    [Fact]
    public void Read_MutatedCaptures_NeverThrowAndGiveEveryByteBack()
    {
        const int seed = 20261122;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var script = new CaptureScript().Open().Client(Connect).Server("20020000").Client("32050001740001").Server("40020001")
            .Client("30EB07000174" + new string('0', 2000)).Client("8206000100016100").Server("9003000100").Client("E000").Close();
        byte[][] files = [script.ToPcap(), script.ToPcapNg(isBigEndian: false), script.ToPcapNg(isBigEndian: true)];
        for (var i = 0; i < 20_000; i++)
        {
            var file = files[i % files.Length].ToArray();
            for (var changes = random.Next(1, 20); changes > 0; changes--)
            {
                file[random.Next(24, file.Length)] = (byte)random.Next(256);
            }

            Read(file, new CaptureLimits { MaxKeptBytes = 8192, MaxPacketBytes = 2048, MaxPendingBytes = 1024 });
        }
    }

    private static Seen Read(CaptureScript script, CaptureLimits limits) => Read(script.ToPcap(), limits);

    private static Seen Read(byte[] file, CaptureLimits limits)
    {
        using var reader = CaptureFile.Open(new MemoryStream(file), "test");
        var seen = new Seen();
        var capture = new MqttCapture(seen, limits);
        while (reader.TryRead(out var frame))
        {
            capture.Take(frame);
        }

        capture.Finish();
        Assert.Equal(0, capture.KeptBytes);
        return seen;
    }

    private sealed class Seen : IMqttCaptureObserver
    {
        public List<string> Packets { get; } = [];

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public int LostGaps { get; private set; }

        void IMqttCaptureObserver.Opened(CapturedConnection connection, long timeUs) => Opened++;

        void IMqttCaptureObserver.Packet(in CapturedMqttPacket packet) => Packets.Add($"{packet.Type}{(packet.IsWhole ? " whole" : "")}");

        void IMqttCaptureObserver.Lost(CapturedConnection connection, bool fromClient, long bytes, long timeUs) => LostGaps++;

        void IMqttCaptureObserver.Broken(CapturedConnection connection, bool fromClient, long timeUs)
        {
        }

        void IMqttCaptureObserver.Closed(CapturedConnection connection, long timeUs, bool isReset) => Closed++;

        void IMqttCaptureObserver.Encrypted(TcpEndpoint client, TcpEndpoint server, long timeUs)
        {
        }
    }
}

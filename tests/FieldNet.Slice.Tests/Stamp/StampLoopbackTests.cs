using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using FieldNet.Slice.Stamp;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Tests.Stamp;

/// <summary>Sender and reflector over real sockets, alone, with a peer written by hand, and through a relay that is unkind.</summary>
public sealed class StampLoopbackTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private static readonly StampKey Key = StampKey.Parse("00112233445566778899aabbccddeeff")!;
    private static readonly StampKey OtherKey = StampKey.Parse("ff112233445566778899aabbccddeeff")!;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OwnReflector_EveryPacketComesBack(bool isSigned)
    {
        using var reflector = new StampReflector(AnyPort, isSigned ? Key : null, isStateless: false, TimeProvider.System);
        var reports = await SendAsync(Options(reflector.LocalEndPoint, isSigned ? Key : null) with { Dscp = 46 }, () => reflector.Reflected > 60);

        Assert.Equal(reports.Sum(report => report.Sent), reports.Sum(report => report.Received));
        Assert.Equal(reports.Sum(report => report.Sent) + 1, reflector.Reflected);
        Assert.Equal((0, 0), (reports.Sum(report => report.LostThere), reports.Sum(report => report.LostBack)));
        var measured = reports.Last(report => report.RttMedianMs is not null);
        Assert.InRange(measured.RttMedianMs!.Value, 0.001, 50);
        Assert.InRange(measured.OffsetMs!.Value, -50, 50);
        Assert.Equal(46, measured.Dscp);
    }

    [Fact]
    public async Task RunAsync_AnotherKey_IsDroppedInSilence()
    {
        using var reflector = new StampReflector(AnyPort, Key, isStateless: false, TimeProvider.System);
        var reports = await SendAsync(Options(reflector.LocalEndPoint, OtherKey), () => reflector.Dropped > 20);

        Assert.Equal(0, reports.Sum(report => report.Received));
        Assert.Equal((0, reports.Sum(report => report.Sent) + 1), (reflector.Reflected, reflector.Dropped));
    }

    [Fact]
    public async Task RunAsync_NobodyThere_IsAllLost()
    {
        IPEndPoint gone;
        using (var reflector = new StampReflector(AnyPort, null, isStateless: false, TimeProvider.System))
        {
            gone = reflector.LocalEndPoint;
        }

        var until = System.Diagnostics.Stopwatch.StartNew();
        var reports = await SendAsync(Options(gone), () => until.ElapsedMilliseconds > 100);

        Assert.Equal(0, reports.Sum(report => report.Received));
        Assert.All(reports, report => Assert.Null(report.LostThere));
    }

    [Fact]
    public async Task RunAsync_UnkindRelay_AccountsForEachPacket()
    {
        using var reflector = new StampReflector(AnyPort, Key, isStateless: false, TimeProvider.System);
        await using var relay = new UnkindRelay(reflector.LocalEndPoint);
        var reports = await SendAsync(Options(relay.Address, Key), () => reflector.Reflected > 250);

        var seen = new HashSet<uint>();
        var (reordered, expected) = (0, 0u);
        foreach (var sequence in relay.Delivered)
        {
            if (seen.Add(sequence))
            {
                reordered += sequence < expected ? 1 : 0;
                expected = Math.Max(expected, sequence + 1);
            }
        }

        Assert.Equal(seen.Count, reports.Sum(report => report.Received));
        Assert.Equal(reordered, reports.Sum(report => report.Reordered));
        Assert.Equal(relay.Delivered.Count - seen.Count - 1, reports.Sum(report => report.Duplicates));
        Assert.Equal(relay.LostThere.Count(sequence => sequence < expected), reports.Sum(report => report.LostThere ?? 0));
        Assert.Equal(relay.LostBack.Count(sequence => sequence < expected), reports.Sum(report => report.LostBack ?? 0));
        Assert.True(reordered > 5 && relay.LostThere.Count > 20 && relay.LostBack.Count > 5 && relay.Delivered.Count - seen.Count > 10);
    }

    [Fact]
    public async Task StampReflector_PeerWrittenByHand_IsAnsweredToTheOctet()
    {
        using var reflector = new StampReflector(AnyPort, null, isStateless: false, TimeProvider.System);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Ttl = 33 };
        await peer.ConnectAsync(reflector.LocalEndPoint, TestContext.Current.CancellationToken);
        var request = new byte[50];
        (request[3], request[4], request[11], request[12], request[13], request[49]) = (200, 0xEC, 0x77, 0x80, 0x05, 0xAB);
        var answer = new byte[100];

        for (byte turn = 0; turn < 2; turn++)
        {
            await peer.SendAsync(request, TestContext.Current.CancellationToken);
            var length = await peer.ReceiveAsync(answer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

            Assert.Equal(50, length);
            Assert.Equal(turn, BinaryPrimitives.ReadUInt32BigEndian(answer));
            Assert.Equal(request[..14], answer[24..38]);
            Assert.Equal(OperatingSystem.IsLinux() ? 33 : 0, answer[40]);
            Assert.Equal(0xAB, answer[49]);
            Assert.True(BinaryPrimitives.ReadUInt64BigEndian(answer.AsSpan(4)) >= BinaryPrimitives.ReadUInt64BigEndian(answer.AsSpan(16)), "answered before it came");
        }
    }

    [Fact]
    public async Task StampReflector_DscpOfTheRequest_IsThatOfTheAnswer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The DSCP is set and read by Linux's socket options.");
        using var reflector = new StampReflector(AnyPort, null, isStateless: false, TimeProvider.System);
        using var peer = new DatagramSocket(AnyPort, dscp: 34, new StampClock(TimeProvider.System));
        peer.Connect(reflector.LocalEndPoint);
        Assert.True(peer.TrySend(new byte[44]));
        var note = await Task.Run(() =>
        {
            var (buffer, from) = (DatagramSocket.Buffer(100), new SocketAddress(AddressFamily.InterNetwork));
            DatagramNote note;
            var tries = 0;
            while (peer.Receive(buffer, from, out note) <= 0 && ++tries < 25)
            {
            }

            return note;
        }, TestContext.Current.CancellationToken);

        Assert.Equal((byte)34, note.Dscp);
        Assert.Equal(64, note.Ttl);
        Assert.InRange(note.AgeNs, 0, 999_999_999);
    }

    internal static StampSenderOptions Options(IPEndPoint reflector, StampKey? key = null) => new()
    {
        Name = "test",
        Reflector = reflector,
        Key = key,
        Every = TimeSpan.FromMilliseconds(4),
        Timeout = TimeSpan.FromMilliseconds(1500),
    };

    /// <summary>Sends until that is so: how fast a busy machine sends is not what is tested.</summary>
    private static async Task<List<ProbeReport>> SendAsync(StampSenderOptions options, Func<bool> isEnough)
    {
        var reports = new List<ProbeReport>();
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var sending = new StampSender(options, TimeProvider.System, (report, _) => reports.Add(report)).RunAsync(stopping.Token);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isEnough() && !stopping.IsCancellationRequested && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
        }

        await stopping.CancelAsync();
        await sending;
        return reports;
    }
}

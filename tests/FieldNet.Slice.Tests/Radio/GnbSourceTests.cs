using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using FieldNet.Slice.Radio;
using FieldNet.Slice.Tests.Sources;
using FieldNet.TestKit;
using FieldNet.TestKit.Network;

namespace FieldNet.Slice.Tests.Radio;

/// <summary>The gNB's reader against a real WebSocket server, and against datagrams.</summary>
public sealed class GnbSourceTests
{
    private const string Frame = """{"cells":[{"cell_metrics":{"pci":1},"ue_list":[{"pci":1,"rnti":17921,"cqi":14}]}]}""";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Reports_FramesOfARealGnb_AreOneReport()
    {
        var recorded = SharedData.Find("metrics/srsran_ws_frames.jsonl");
        Assert.SkipUnless(recorded is not null, SharedData.Absent);
        await using var gnb = await GnbServer.StartAsync(async socket =>
        {
            foreach (var frame in await File.ReadAllLinesAsync(recorded))
            {
                await GnbServer.SendAsync(socket, frame);
            }
        });
        var source = new GnbSource("gnb-a", gnb.Address, Second, 106);
        using var heard = new HeardReports(source);

        var report = await heard.OneAsync(each => each.Reached, "a report");

        Assert.Equal("""{"cmd":"metrics_subscribe"}""", gnb.Subscription);
        Assert.Equal((17921u, 2.85), (Assert.Single(report.RadioUes!).Rnti, report.RadioUes![0].DlQueueDelayMs));
        Assert.Equal(1, source.Counts.Answers);
    }

    [Fact]
    public async Task Reports_TheGnbDiesAndComesBack_AreTakenUpAgain()
    {
        var gnb = await GnbServer.StartAsync(socket => GnbServer.SendAsync(socket, Frame));
        var source = new GnbSource("gnb-a", gnb.Address, Second, null);
        using var heard = new HeardReports(source);
        await heard.OneAsync(each => each.Reached, "the first report");

        await gnb.DisposeAsync();
        await heard.OneAsync(each => !each.Reached, "the failure");
        await Until.TrueAsync(() => source.Counts.Failures >= 3, "further tries");
        await using var again = await GnbServer.StartAsync(socket => GnbServer.SendAsync(socket, Frame), gnb.Address.Port);

        await heard.OneAsync(each => each.Reached, "a report again", from: heard.All.Count);
        // Many tries, few words: what is said of one outage is its end of the connection and that nobody is there.
        Assert.InRange(heard.All.Count(each => !each.Reached), 1, 3);
    }

    [Fact]
    public async Task Reports_GarbageAndFramesTooLarge_ArePassedOverAndCounted()
    {
        await using var gnb = await GnbServer.StartAsync(async socket =>
        {
            await GnbServer.SendAsync(socket, "garbage");
            await GnbServer.SendAsync(socket, [1, 2, 3], WebSocketMessageType.Binary);
            await GnbServer.SendAsync(socket, "");
            await GnbServer.SendAsync(socket, $$"""{"cells":[],"padding":"{{new string('x', 3_000_000)}}"}""");
            await GnbServer.SendAsync(socket, $$"""{"padding":"{{new string('x', 500_000)}}",{{Frame[1..]}}""");
        });
        var source = new GnbSource("gnb-a", gnb.Address, Second, null);
        using var heard = new HeardReports(source);

        var report = await heard.OneAsync(each => each.Reached, "the report of the good frame");

        Assert.Single(report.RadioUes!);
        Assert.Equal((2, 1), (source.Counts.Malformed, source.Counts.TooLarge));
        Assert.Equal(1, gnb.Connections);
    }

    [Fact]
    public async Task Reports_AGnbThatIsOnlyPingedAndSilent_IsUnreachedAfterThreeSeconds()
    {
        // It pings five times a second and wants an answer within two: only a client that answers is still there after three.
        await using var gnb = await GnbServer.StartAsync(_ => Task.CompletedTask);
        var started = Stopwatch.GetTimestamp();
        using var heard = new HeardReports(new GnbSource("gnb-a", gnb.Address, Second, null));

        var failure = await heard.OneAsync(each => !each.Reached, "the failure");

        Assert.Equal("nothing came in 3 s", failure.Error);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 2.9, 15);
        Assert.Equal(1, gnb.Connections);
    }

    [Fact]
    public async Task Reports_AFloodOfFrames_IsStillOneReportASecond()
    {
        var frame = Encoding.UTF8.GetBytes($$"""{"padding":"{{new string('x', 20_000)}}",{{Frame[1..]}}""");
        await using var gnb = await GnbServer.StartAsync(async socket =>
        {
            for (var i = 0; i < 3_000; i++)
            {
                await GnbServer.SendAsync(socket, frame);
            }

            await GnbServer.SendAsync(socket, "the end");
        });
        var source = new GnbSource("gnb-a", gnb.Address, Second, null);
        var started = Stopwatch.GetTimestamp();
        using var heard = new HeardReports(source);

        // What can't be read is counted in the order of the frames: the flood has been read when the last of them has.
        await Until.TrueAsync(() => source.Counts.Malformed == 1, "the end of the flood");

        Assert.InRange(heard.All.Count, 1, 2 + (int)(Stopwatch.GetElapsedTime(started).TotalSeconds / 0.9));
        Assert.All(heard.All, report => Assert.True(report.Reached));
    }

    [Fact]
    public async Task Reports_AGnbThatRefusesTheSubscription_SaysSo()
    {
        await using var gnb = await GnbServer.StartAsync(socket => GnbServer.SendAsync(socket, """{"error":"Unknown command type: metrics_subscribe","cmd":"metrics_subscribe"}"""));
        using var heard = new HeardReports(new GnbSource("gnb-a", gnb.Address, Second, null));

        Assert.Contains("Unknown command type", (await heard.OneAsync(each => !each.Reached, "the refusal")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_Datagrams_AreReadAsFrames()
    {
        var port = FreePort();
        var source = new GnbSource("gnb-old", new Uri($"udp://127.0.0.1:{port}"), Second, null);
        using var heard = new HeardReports(source);
        using var gnb = new UdpClient();
        var frame = Encoding.UTF8.GetBytes("""{"timestamp":1720337866.92,"ue_list":[{"ue_container":{"pci":1,"rnti":17921,"cqi":15,"pusch_snr_db":nan}}]}""");

        await Until.TrueAsync(
            () =>
            {
                gnb.Send("{nothing"u8, new IPEndPoint(IPAddress.Loopback, port));
                gnb.Send(frame, new IPEndPoint(IPAddress.Loopback, port));
                return heard.All.Any(each => each.Reached);
            },
            "a report of datagrams");

        Assert.Equal(15, Assert.Single(heard.All.First(each => each.Reached).RadioUes!).Cqi);
        Assert.True(source.Counts.Malformed > 0);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

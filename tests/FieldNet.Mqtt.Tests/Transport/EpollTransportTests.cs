using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Tests.Transport;

[Collection(nameof(MeasuredAlone))]
public sealed class EpollTransportTests : TransportContract
{
    [Fact]
    public async Task Serve_ProtocolThrows_EndsThatConnectionOnly()
    {
        var acceptor = new FrameAcceptor();
        await using var server = Start(acceptor);
        using var faulty = await FramePeer.ConnectAsync(server.Address);
        using var neighbour = await FramePeer.ConnectAsync(server.Address);
        await neighbour.EchoAsync(FramePeer.Frame(10, seed: 1));

        await faulty.SendAsync(FramePeer.Frame(FrameProtocol.Bug));

        await faulty.AssertResetAsync();
        await neighbour.EchoAsync(FramePeer.Frame(10, seed: 2));
        await Until.HoldsAsync(() => acceptor.Open == 1, "completed");
        Assert.IsType<InvalidOperationException>(acceptor.Faults.Single());
    }

    [Fact]
    public async Task Serve_TwoThousandConnections_EachGetsItsOwn()
    {
        var acceptor = new FrameAcceptor();
        await using var server = Start(acceptor);
        var peers = new List<FramePeer>();
        for (var i = 0; i < 2_000; i++)
        {
            peers.Add(await FramePeer.ConnectAsync(server.Address));
        }

        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(peers.Select((peer, i) => peer.EchoAsync(FramePeer.Frame(100, i + round))));
        }

        Assert.Equal(2_000, acceptor.Open);
        peers.ForEach(peer => peer.Dispose());
        await Until.HoldsAsync(() => acceptor.Open == 0, "all left");
    }

    [Fact]
    public async Task Serve_ThousandsOfConnectionsOneBehindTheOther_LeaksNoDescriptor()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "no /proc");
        var acceptor = new FrameAcceptor { FarewellTimeout = TimeSpan.FromMilliseconds(100) };
        await using var server = Start(acceptor);
        var before = Directory.GetFiles("/proc/self/fd").Length;

        for (var i = 0; i < 3_000; i++)
        {
            using var peer = await FramePeer.ConnectAsync(server.Address);
            switch (i % 5)
            {
                case 0:
                    await peer.EchoAsync(FramePeer.Frame(10, i));
                    break;
                case 1:
                    await peer.EchoAsync(FramePeer.Frame(10, i));
                    peer.Reset();
                    break;
                case 2:
                    await peer.SendAsync(FramePeer.Frame(FrameProtocol.End));
                    break;
                case 3:
                    peer.Reset();
                    break;
                default:
                    await peer.SendAsync(new byte[3]);
                    break;
            }
        }

        await Until.HoldsAsync(() => acceptor.Open == 0, "all left");
        // Other tests of this process have sockets of their own.
        await Until.HoldsAsync(() => Directory.GetFiles("/proc/self/fd").Length < before + 500, "descriptors closed");
    }

    [Fact]
    public async Task Serve_ThousandsHalfOpen_CostNextToNothing()
    {
        const int count = 4_000;
        var acceptor = new FrameAcceptor();
        await using var server = Start(acceptor);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sockets = new List<Socket>();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(server.Address);
            socket.Send([1, 0]);
            sockets.Add(socket);
        }

        await Until.HoldsAsync(() => acceptor.Open == count, "accepted");
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;

        // Our own side's sockets are in it too.
        Assert.True(each < 2_500, $"{each} bytes for each half-open connection");
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Serve_FloodOfOne_DelaysAnotherLittle()
    {
        await using var server = Start(new FrameAcceptor());
        using var flooding = await FramePeer.ConnectAsync(server.Address);
        using var neighbour = await FramePeer.ConnectAsync(server.Address);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var flood = FloodAsync(flooding.Socket, ending.Token);
        var slowest = TimeSpan.Zero;

        for (var i = 0; i < 300; i++)
        {
            var watch = Stopwatch.StartNew();
            await neighbour.EchoAsync(FramePeer.Frame(20, i));
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        await ending.CancelAsync();
        await flood;
        TestContext.Current.TestOutputHelper!.WriteLine($"slowest {slowest.TotalMilliseconds:0.0} ms");
        Assert.True(slowest < TimeSpan.FromMilliseconds(500), $"{slowest.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task Serve_TooMuchKeptOfAll_ResetsWhoHoldsMost()
    {
        var acceptor = new FrameAcceptor();
        await using var server = Start(acceptor, new EpollOptions { MaxHeldBytes = 4 * 1024 * 1024 });
        using var modest = await FramePeer.ConnectAsync(server.Address);
        await modest.SendAsync(FramePeer.Frame(50_000, seed: 1).AsMemory(0, 20_000));
        using var greedy = await FramePeer.ConnectAsync(server.Address);

        var frame = FramePeer.Frame(16_000_000, seed: 2);
        await Assert.ThrowsAsync<SocketException>(() => greedy.SendAsync(frame));

        Assert.Equal(Refusal.QuotaExceeded, acceptor.Refused.Single().Reason);
        await modest.SendAsync(FramePeer.Frame(50_000, seed: 1).AsMemory(20_000));
        await modest.ReadAsync(50_004);
    }

    [Fact]
    public async Task Receive_ResetWhilePaused_TakesWhatHadCome()
    {
        var acceptor = new FrameAcceptor { IsPaused = true };
        await using var server = Start(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);
        await peer.SendAsync(Enumerable.Range(0, 100).SelectMany(i => FramePeer.Frame(500, i)).ToArray());
        await Until.HoldsAsync(() => !acceptor.Accepted.IsEmpty, "accepted");
        peer.Reset();
        var protocol = acceptor.Accepted.Single();

        acceptor.IsPaused = false;
        protocol.Transport.WakeReader();

        await Until.HoldsAsync(() => protocol.IsCompleted, "completed");
        Assert.Equal(100, protocol.Received);
        Assert.True(protocol.WasReset);
    }

    [Fact]
    public async Task Serve_NothingToDoAboutASocket_DoesNotSpin()
    {
        var acceptor = new FrameAcceptor { IsPaused = true };
        await using var server = Start(acceptor);
        using var paused = await FramePeer.ConnectAsync(server.Address);
        await paused.SendAsync(FramePeer.Frame(500, seed: 1));
        using var gone = await FramePeer.ConnectAsync(server.Address);
        await gone.SendAsync(FramePeer.Frame(500, seed: 2));
        await Until.HoldsAsync(() => acceptor.Accepted.Count == 2, "accepted");
        await paused.SendAsync(FramePeer.Frame(500, seed: 3));
        gone.Reset();
        var before = server.Rounds;

        var watch = Stopwatch.StartNew();
        await Until.HoldsAsync(() => watch.Elapsed > TimeSpan.FromMilliseconds(300), "some time");

        Assert.InRange(server.Rounds - before, 0, 20);
    }

    [Fact]
    public async Task End_WithBytesUnread_IsNoReset()
    {
        var acceptor = new FrameAcceptor();
        await using var server = Start(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);

        await peer.SendAsync((byte[])[.. FramePeer.Frame(FrameProtocol.End), .. new byte[200_000]]);

        Assert.Equal(FrameProtocol.Farewell, await peer.ReadAsync(FrameProtocol.Farewell.Length));
        await peer.AssertEndAsync();
    }

    [Fact]
    public async Task Dispose_RecordsThatNobodyTakes_DoesNotWaitForThem()
    {
        var never = new TaskCompletionSource();
        var acceptor = new FrameAcceptor { Completion = never.Task };
        var transport = EpollTransport.Start(new IPEndPoint(IPAddress.Loopback, 0), acceptor, new EpollOptions(), TimeProvider.System);
        using var peer = await FramePeer.ConnectAsync(transport.LocalEndPoint);
        await peer.EchoAsync(FramePeer.Frame(10, seed: 1));

        var stopping = transport.StopAsync(new CancellationToken(canceled: true));
        await transport.DisposeAsync().AsTask().WaitAsync(Until.Deadline, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(stopping.IsCompleted);
        never.SetResult();
        await stopping.WaitAsync(Until.Deadline, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_IPv6_Serves()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "no IPv6");
        var acceptor = new FrameAcceptor();
        await using var server = Start(acceptor, address: IPAddress.IPv6Any);
        var port = ((IPEndPoint)server.Address).Port;
        using var six = await FramePeer.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, port));
        using var four = await FramePeer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));

        await six.EchoAsync(FramePeer.Frame(10, seed: 1));
        await four.EchoAsync(FramePeer.Frame(10, seed: 1));

        Assert.Equal(
            ["127.0.0.1", "::1"],
            acceptor.Accepted.Select(each => ((IPEndPoint)each.Transport.RemoteEndPoint!).Address.ToString()).Order(StringComparer.Ordinal));
        Assert.Contains(acceptor.Accepted, each => each.Transport.RemoteEndPoint!.Equals(six.Socket.LocalEndPoint));
    }

    [Fact]
    public async Task Start_SeveralLoops_ServeAll()
    {
        var acceptor = new FrameAcceptor();
        await using var server = Start(acceptor, new EpollOptions { Loops = 3 });
        var peers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => FramePeer.ConnectAsync(server.Address)));

        await Task.WhenAll(peers.Select((peer, i) => peer.EchoAsync(FramePeer.Frame(1_000, i))));

        Array.ForEach(peers, peer => peer.Dispose());
        await Until.HoldsAsync(() => acceptor.Open == 0, "all left");
    }

    [Fact]
    public async Task Stop_PatienceAtAnEnd_ResetsWhoeverDoesNotEnd()
    {
        var acceptor = new FrameAcceptor();
        await using var transport = EpollTransport.Start(new IPEndPoint(IPAddress.Loopback, 0), acceptor, new EpollOptions(), TimeProvider.System);
        using var peer = await FramePeer.ConnectAsync(transport.LocalEndPoint);
        await peer.EchoAsync(FramePeer.Frame(10, seed: 1));

        await transport.StopAsync(new CancellationToken(canceled: true)).WaitAsync(Until.Deadline, TimeProvider.System, TestContext.Current.CancellationToken);

        await peer.AssertGoneAsync();
        Assert.True(acceptor.Accepted.Single().IsCompleted);
        await Assert.ThrowsAsync<SocketException>(() => FramePeer.ConnectAsync(transport.LocalEndPoint));
    }

    private protected override Task<IFrameServer> StartAsync(FrameAcceptor acceptor) => Task.FromResult<IFrameServer>(Start(acceptor));

    private static EpollServer Start(FrameAcceptor acceptor, EpollOptions? options = null, IPAddress? address = null)
    {
        Assert.SkipUnless(EpollTransport.IsSupported, "not Linux");
        return new EpollServer(EpollTransport.Start(new IPEndPoint(address ?? IPAddress.Loopback, 0), acceptor, options ?? new EpollOptions(), TimeProvider.System), acceptor);
    }

    private static async Task FloodAsync(Socket socket, CancellationToken ending)
    {
        var frames = Enumerable.Range(0, 1_000).SelectMany(i => FramePeer.Frame(60, i)).ToArray();
        var received = new byte[256 * 1024];
        try
        {
            var reading = Task.Run(async () =>
            {
                while (await socket.ReceiveAsync(received, SocketFlags.None, ending) > 0)
                {
                }
            }, ending);
            while (!ending.IsCancellationRequested)
            {
                await socket.SendAsync(frames, SocketFlags.None, ending);
            }

            await reading;
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private sealed class EpollServer(EpollTransport transport, FrameAcceptor acceptor) : IFrameServer
    {
        public long Rounds => transport.Rounds;

        public EndPoint Address => transport.LocalEndPoint;

        public async ValueTask DisposeAsync()
        {
            acceptor.EndAll();
            using var patience = new CancellationTokenSource(Until.Deadline, TimeProvider.System);
            await transport.StopAsync(patience.Token);
            await transport.DisposeAsync();
        }
    }
}

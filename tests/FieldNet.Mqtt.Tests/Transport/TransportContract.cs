using System.Net;

namespace FieldNet.Mqtt.Tests.Transport;

/// <summary>What every transport does for its protocol, over real sockets.</summary>
public abstract class TransportContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receive_PacketByteByByte_IsWhole()
    {
        await using var server = await StartAsync(new FrameAcceptor());
        using var peer = await FramePeer.ConnectAsync(server.Address);
        var frame = FramePeer.Frame(40, seed: 1);

        for (var i = 0; i < frame.Length; i++)
        {
            await peer.SendAsync(frame.AsMemory(i, 1));
        }

        Assert.Equal(frame, await peer.ReadAsync(frame.Length));
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(4_096)]
    [InlineData(70_000)]
    [InlineData(1_000_000)]
    public async Task Receive_PacketLargerThanARead_IsWhole(int payloadBytes)
    {
        await using var server = await StartAsync(new FrameAcceptor());
        using var peer = await FramePeer.ConnectAsync(server.Address);

        await peer.EchoAsync(FramePeer.Frame(payloadBytes, seed: 2));
        await peer.EchoAsync(FramePeer.Frame(10, seed: 3));
    }

    [Fact]
    public async Task Receive_StreamCutAnywhere_ComesBackInOrder()
    {
        const int seed = 4711;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await StartAsync(new FrameAcceptor());
        using var peer = await FramePeer.ConnectAsync(server.Address);
        var stream = Enumerable.Range(0, 2_000).SelectMany(_ => FramePeer.Frame(random.Next(random.Next(20) == 0 ? 20_000 : 300), random.Next())).ToArray();

        var reading = peer.ReadAsync(stream.Length);
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Min(1 + random.Next(random.Next(8) == 0 ? 100_000 : 2_000), stream.Length - at);
            await peer.SendAsync(stream.AsMemory(at, length));
            at += length;
        }

        Assert.Equal(stream, await reading);
    }

    [Fact]
    public async Task Receive_Paused_GoesOnBehindTheWake()
    {
        var acceptor = new FrameAcceptor { IsPaused = true };
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);
        var frames = Enumerable.Range(0, 100).SelectMany(i => FramePeer.Frame(500, i)).ToArray();
        await peer.SendAsync(frames);
        await Until.HoldsAsync(() => !acceptor.Accepted.IsEmpty, "accepted");
        var protocol = acceptor.Accepted.Single();
        Assert.Equal(0, protocol.Received);

        acceptor.IsPaused = false;
        protocol.Transport.WakeReader();

        Assert.Equal(frames, await peer.ReadAsync(frames.Length));
    }

    [Fact]
    public async Task Receive_PeerShutBehindItsLastPacket_TakesAllFirst()
    {
        var acceptor = new FrameAcceptor { IsPaused = true };
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);
        await peer.SendAsync(Enumerable.Range(0, 300).SelectMany(i => FramePeer.Frame(500, i)).ToArray());
        peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        await Until.HoldsAsync(() => !acceptor.Accepted.IsEmpty, "accepted");
        var protocol = acceptor.Accepted.Single();

        acceptor.IsPaused = false;
        protocol.Transport.WakeReader();

        await Until.HoldsAsync(() => protocol.IsCompleted, "completed");
        Assert.Equal(300, protocol.Received);
        Assert.False(protocol.WasReset);
    }

    [Fact]
    public async Task PeerClosed_Reset_SaysSo()
    {
        var acceptor = new FrameAcceptor();
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);
        await peer.EchoAsync(FramePeer.Frame(10, seed: 1));

        peer.Reset();

        await Until.HoldsAsync(() => acceptor.Open == 0, "left");
        Assert.True(acceptor.Accepted.Single().WasReset);
    }

    [Fact]
    public async Task Write_FromAnotherThread_ReachesThePeer()
    {
        var acceptor = new FrameAcceptor();
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);
        await Until.HoldsAsync(() => !acceptor.Accepted.IsEmpty, "accepted");
        var protocol = acceptor.Accepted.Single();

        for (var i = 0; i < 200; i++)
        {
            var frame = FramePeer.Frame(10, i);
            protocol.Push(frame);
            Assert.Equal(frame, await peer.ReadAsync(frame.Length));
        }
    }

    [Fact]
    public async Task Write_FromManyThreadsAtOnce_LosesNoWake()
    {
        const int connections = 40;
        const int rounds = 500;
        var acceptor = new FrameAcceptor();
        await using var server = await StartAsync(acceptor);
        var peers = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => FramePeer.ConnectAsync(server.Address)));
        await Until.HoldsAsync(() => acceptor.Accepted.Count == connections, "accepted");
        var protocols = acceptor.Accepted.ToArray();
        var frame = FramePeer.Frame(20, seed: 1);

        var pushing = Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < rounds; i++)
                {
                    Array.ForEach(protocols, protocol => protocol.Push(frame));
                }
            },
            Cancellation));
        var reading = peers.Select(peer => peer.ReadAsync(4 * rounds * frame.Length));

        await Task.WhenAll([.. pushing, .. reading]);
        Array.ForEach(peers, peer => peer.Dispose());
    }

    [Fact]
    public async Task Stop_UnderLoad_CompletesEveryConnection()
    {
        const int connections = 60;
        var acceptor = new FrameAcceptor { FarewellTimeout = TimeSpan.FromMilliseconds(500) };
        var server = await StartAsync(acceptor);
        var peers = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => FramePeer.ConnectAsync(server.Address)));
        var loads = peers.Select(async (peer, i) =>
        {
            var frame = FramePeer.Frame(300, i);
            try
            {
                while (true)
                {
                    // Every other peer reads nothing.
                    await (i % 2 == 0 ? peer.EchoAsync(frame) : peer.SendAsync(frame));
                }
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException or Xunit.Sdk.XunitException)
            {
                // The server has gone, or the test is over.
            }
        }).ToArray();
        await Until.HoldsAsync(() => acceptor.Accepted.Count == connections && acceptor.Accepted.All(each => each.Received > 20), "load");

        await server.DisposeAsync().AsTask().WaitAsync(Until.Deadline, TimeProvider.System, Cancellation);

        Assert.Equal(0, acceptor.Open);
        Assert.All(acceptor.Accepted, each => Assert.True(each.IsCompleted));
        Array.ForEach(peers, peer => peer.Dispose());
        await Task.WhenAll(loads);
    }

    [Fact]
    public async Task Write_PeerDoesNotRead_StopsReadingAndGoesOnLater()
    {
        var acceptor = new FrameAcceptor();
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address, receiveBufferBytes: 16 * 1024);
        var stream = Enumerable.Range(0, 400).SelectMany(i => FramePeer.Frame(50_000, i)).ToArray();

        var sending = peer.SendAsync(stream);
        await Until.HoldsAsync(() => !acceptor.Accepted.IsEmpty && acceptor.Accepted.Single().Received > 10, "some received");
        var isHeldBack = !sending.IsCompleted;
        var read = await peer.ReadAsync(stream.Length);
        await sending;

        Assert.True(isHeldBack, "20 MB were taken from a peer that reads nothing");
        Assert.Equal(stream, read);
    }

    [Fact]
    public async Task End_ByTheProtocol_SendsWhatIsWrittenThenFarewellThenFin()
    {
        var acceptor = new FrameAcceptor();
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);
        var frame = FramePeer.Frame(10, seed: 1);
        await peer.EchoAsync(frame);

        // Bytes behind the end are never read: they must not turn the close into a reset that takes the farewell with it.
        await peer.SendAsync((byte[])[.. FramePeer.Frame(FrameProtocol.End), .. new byte[100_000]]);

        Assert.Equal(FrameProtocol.Farewell, await peer.ReadAsync(FrameProtocol.Farewell.Length));
        await Until.HoldsAsync(() => acceptor.Open == 0, "left");
    }

    [Fact]
    public async Task End_FromAnotherThread_SendsFarewellThenFin()
    {
        var acceptor = new FrameAcceptor();
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address);
        await Until.HoldsAsync(() => !acceptor.Accepted.IsEmpty, "accepted");

        acceptor.EndAll();

        Assert.Equal(FrameProtocol.Farewell, await peer.ReadAsync(FrameProtocol.Farewell.Length));
        await peer.AssertEndAsync();
        await Until.HoldsAsync(() => acceptor.Open == 0, "left");
    }

    [Fact]
    public async Task End_PeerDoesNotRead_IsResetInTime()
    {
        var acceptor = new FrameAcceptor { FarewellTimeout = TimeSpan.FromMilliseconds(200) };
        await using var server = await StartAsync(acceptor);
        using var peer = await FramePeer.ConnectAsync(server.Address, receiveBufferBytes: 16 * 1024);
        await Until.HoldsAsync(() => !acceptor.Accepted.IsEmpty, "accepted");
        var protocol = acceptor.Accepted.Single();
        for (var i = 0; i < 200; i++)
        {
            protocol.Push(FramePeer.Frame(100_000, i));
        }

        await Until.HoldsAsync(() => protocol.Writes > 1, "written");
        protocol.Finish();

        await Until.HoldsAsync(() => acceptor.Open == 0, "left");
        await peer.AssertGoneAsync();
    }

    [Fact]
    public async Task Accept_Refused_ClosesAtOnce()
    {
        await using var server = await StartAsync(new FrameAcceptor { MaxConnections = 1 });
        using var first = await FramePeer.ConnectAsync(server.Address);
        await first.EchoAsync(FramePeer.Frame(10, seed: 1));

        await FramePeer.AssertTurnedAwayAsync(server.Address);

        await first.EchoAsync(FramePeer.Frame(10, seed: 2));
    }

    [Fact]
    public async Task Stop_WithOpenConnections_SaysFarewellToAll()
    {
        var acceptor = new FrameAcceptor();
        var server = await StartAsync(acceptor);
        using var first = await FramePeer.ConnectAsync(server.Address);
        using var second = await FramePeer.ConnectAsync(server.Address);
        await first.EchoAsync(FramePeer.Frame(10, seed: 1));
        await second.EchoAsync(FramePeer.Frame(10, seed: 1));

        await server.DisposeAsync().AsTask().WaitAsync(Until.Deadline, TimeProvider.System, Cancellation);

        Assert.Equal(FrameProtocol.Farewell, await first.ReadAsync(FrameProtocol.Farewell.Length));
        Assert.Equal(FrameProtocol.Farewell, await second.ReadAsync(FrameProtocol.Farewell.Length));
        Assert.Equal(0, acceptor.Open);
    }

    private protected abstract Task<IFrameServer> StartAsync(FrameAcceptor acceptor);

    private protected interface IFrameServer : IAsyncDisposable
    {
        EndPoint Address { get; }
    }
}

using System.Text;
using FieldNet.Capture.Sequencing;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Sequencing;

public sealed class IngressRingTests
{
    private readonly ReadyQueue _ready = new();

    [Fact]
    public void TryPost_AnySizesAndTurns_GiveBackEachRecordOnceInOrder()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var ring = Open(maxBytes: 4096 << random.Next(4));
            var queue = new Queue<string>();
            long next = 0;
            for (var step = 0; step < 500; step++)
            {
                if (random.Next(3) > 0)
                {
                    var payload = $"{next}:{new string('x', random.Next(random.Next(10) == 0 ? 3500 : 200))}";
                    if (ring.TryPost(new Arrival { Kind = RecordKind.Publish, Topic = "t/1"u8, Properties = "pp"u8, Payload = Encoding.UTF8.GetBytes(payload) }))
                    {
                        queue.Enqueue(payload);
                        next++;
                    }
                }
                else
                {
                    // Posts between the look and the release, as from another thread.
                    var view = ring.View();
                    if (random.Next(2) == 0 && ring.TryPost(new Arrival { Kind = RecordKind.Publish, Topic = "t/1"u8, Properties = "pp"u8, Payload = "between"u8 }))
                    {
                        queue.Enqueue("between");
                    }

                    for (var take = random.Next(8); take > 0 && view.TryPeek(out var record); take--)
                    {
                        var arrival = RingRecord.Read(record);
                        Assert.Equal(queue.Dequeue(), Encoding.UTF8.GetString(arrival.Payload));
                        Assert.Equal("t/1pp"u8, [.. arrival.Topic, .. arrival.Properties]);
                        view.Advance();
                    }

                    Assert.Equal(queue.Count > 0, ring.Release(in view));
                }
            }
        }
    }

    [Fact]
    public void TryPost_LargestArrival_FitsOnceTheRingIsEmpty()
    {
        var ring = Open(maxBytes: 512 * 1024);
        var largest = new byte[(512 * 1024) - RingRecord.HeadBytes];

        Assert.True(ring.TryPost(new Arrival { Kind = RecordKind.Publish, Payload = new byte[100] }));
        Assert.False(ring.TryPost(new Arrival { Kind = RecordKind.Publish, Payload = largest }));
        Drain(ring);
        Assert.True(ring.TryPost(new Arrival { Kind = RecordKind.Publish, Payload = largest }));

        Assert.Throws<ArgumentOutOfRangeException>(() => ring.TryPost(new Arrival { Kind = RecordKind.Publish, Payload = new byte[512 * 1024] }));
    }

    [Fact]
    public void Release_Drained_HoldsNoMemory()
    {
        var ring = Open(maxBytes: 512 * 1024);

        ring.TryPost(new Arrival { Kind = RecordKind.Publish, Payload = new byte[100] });
        Assert.Equal(16 * 1024, ring.BufferBytes);
        Drain(ring);

        Assert.Equal(0, ring.BufferBytes);
    }

    [Fact]
    public async Task TryPost_FromAnotherThread_AllArriveInOrder()
    {
        const int Count = 200_000;
        var ring = Open(maxBytes: 32 * 1024);
        var token = TestContext.Current.CancellationToken;
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < Count;)
            {
                if (ring.TryPost(new Arrival { Kind = RecordKind.Publish, ReceiveTimeUs = i, Payload = new byte[i % 700] }))
                {
                    i++;
                }
                else
                {
                    await ring.WaitForRoomAsync(token);
                }
            }
        }, token);

        for (long expected = 0; expected < Count;)
        {
            if (!_ready.TryTake(out var ready))
            {
                _ready.Park(TimeSpan.FromSeconds(1), rests: expected % 2 == 0);
                token.ThrowIfCancellationRequested();
                continue;
            }

            var view = ready!.View();
            for (; view.TryPeek(out var record); view.Advance())
            {
                var arrival = RingRecord.Read(record);
                Assert.Equal(expected, arrival.ReceiveTimeUs);
                Assert.Equal(expected % 700, arrival.Payload.Length);
                expected++;
            }

            if (ready.Release(in view))
            {
                _ready.Add(ready);
            }
        }

        await writer;
    }

    [Fact]
    public async Task Dispose_WhileTheConnectionWaits_LetsItGo()
    {
        var ring = Open(maxBytes: 1024);
        while (ring.TryPost(new Arrival { Kind = RecordKind.Publish, Payload = new byte[100] }))
        {
        }

        var room = ring.WaitForRoomAsync(TestContext.Current.CancellationToken);
        ring.Dispose();

        await room;
    }

    private IngressRing Open(int maxBytes) => new(1, "c", new HeardOwner(), maxBytes, _ready.Add);

    private static void Drain(IngressRing ring)
    {
        var view = ring.View();
        for (; view.TryPeek(out _); view.Advance())
        {
        }

        ring.Release(in view);
    }
}

using System.Text.Json;
using FieldNet.Capture.Log;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Sequencing;

public sealed class SheddingTests : IDisposable
{
    private readonly SequencerBench _bench = new(logOptions: new CaptureLogOptions { BufferBytes = 200_000 });
    private readonly string _chunk = new('w', 1000);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Step_DiskTakesNothing_ShedsQos0WavesAndSaysSoOnce()
    {
        _bench.Start();
        var lane = _bench.OpenLane();
        for (var i = 0; i < 500; i++)
        {
            Assert.True(SequencerBench.Post(lane, _chunk, Records.Wave, qos: 0));
            _bench.Sequencer.Step();
        }

        // Every one was shown, most were not logged.
        Assert.Equal(500, _bench.View.Seen.Count(seen => seen.Kind == RecordKind.Publish));
        var shed = _bench.Sequencer.Shed;
        Assert.InRange(shed, 300, 450);

        _bench.Log.CommitLanes(all: true);
        SequencerBench.Post(lane, _chunk, Records.Wave, qos: 0);
        _bench.Sequencer.Step();
        _bench.Finish();

        var records = Records.ReadAll(_bench.Disk, out var damage);
        var span = JsonDocument.Parse(Convert.FromHexString(Assert.Single(records, record => record.Kind == RecordKind.Shed).Payload)).RootElement;
        Assert.Equal(shed, span.GetProperty("count").GetInt64());
        Assert.Equal(shed, damage.Missing);
        Assert.DoesNotContain(records, record => record.Number >= span.GetProperty("from").GetInt64() && record.Number <= span.GetProperty("through").GetInt64());
    }

    [Fact]
    public void Step_DiskTakesNothing_FactsGoOnAndThenWaitUnacknowledged()
    {
        _bench.Start();
        var (waves, facts) = (_bench.OpenLane("waves"), _bench.OpenLane("facts"));
        for (var i = 0; i < 300; i++)
        {
            SequencerBench.Post(waves, _chunk, Records.Wave, qos: 0);
            _bench.Sequencer.Step();
        }

        var posted = 0;
        for (var i = 0; i < 100; i++)
        {
            posted += SequencerBench.Post(facts, _chunk) ? 1 : 0;
            _bench.Sequencer.Step();
        }

        // A quarter of the buffer was theirs; the rest waits in the ring.
        var taken = _bench.Owner.Heard.Count(heard => heard.Lane == LogLane.Facts);
        Assert.Equal(100, posted);
        Assert.InRange(taken, 30, 60);
        Assert.Equal(0, _bench.Owner.Commits);

        _bench.Log.CommitLanes(all: true);
        _bench.Sequencer.Step();
        _bench.Sequencer.Step();

        Assert.Equal(100, _bench.Owner.Heard.Count(heard => heard.Lane == LogLane.Facts));
    }

    [Fact]
    public void Step_NoRoomForFacts_TimeStillMovesForTheViews()
    {
        _bench.Start();
        var facts = _bench.OpenLane();
        while (_bench.Log.HasRoom(LogLane.Facts, 0))
        {
            SequencerBench.Post(facts, _chunk);
            _bench.Sequencer.Step();
            for (var left = 0; left < 10; left++)
            {
                SequencerBench.Post(facts, "x");
            }
        }

        for (var i = 0; i < 10; i++)
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            _bench.Sequencer.Step();
        }

        Assert.Equal(RecordKind.Tick, _bench.View.Seen[^1].Kind);
    }

    [Fact]
    public void TryPost_RingFull_RefusesAndTellsWhenThereIsRoom()
    {
        _bench.Start();
        var lane = _bench.OpenLane();
        var posted = 0;
        while (SequencerBench.Post(lane, _chunk))
        {
            posted++;
        }

        var room = lane.WaitForRoomAsync(TestContext.Current.CancellationToken);
        Assert.False(room.IsCompleted);
        _bench.Sequencer.Step();

        Assert.True(SpinWait.SpinUntil(() => room.IsCompleted, TimeSpan.FromSeconds(30)));
        Assert.InRange(posted, 450, 512);
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Tests;

/// <summary>P4: the same records give the same events, byte for byte, wherever a checkpoint cuts them.</summary>
public sealed class DeterminismTests
{
    private static readonly JsonSerializerOptions Checkpoint = new() { IncludeFields = true };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Apply_StateSavedAndLoadedAnywhere_SameEvents(int seed)
    {
        var whole = new WardBench();
        Play(whole, seed);
        var random = new Random(seed);

        for (var round = 0; round < 20; round++)
        {
            var cut = random.Next(whole.Applied.Count);
            var first = new WardBench();
            foreach (var record in whole.Applied.Take(cut))
            {
                first.Apply(record);
            }

            var saved = JsonSerializer.Serialize(first.Processor.State, Checkpoint);
            var second = new WardBench(JsonSerializer.Deserialize<WardState>(saved, Checkpoint));
            foreach (var record in whole.Applied.Skip(cut))
            {
                second.Apply(record);
            }

            Assert.Equal(Text(whole.Events), Text(first.Events.Concat(second.Events)));
            Assert.Equal(JsonSerializer.Serialize(whole.Processor.State, Checkpoint), JsonSerializer.Serialize(second.Processor.State, Checkpoint));
        }
    }

    /// <summary>Whatever a detector has begun to suspect when it is cut off, it goes on suspecting.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Apply_FaultsOfTheLinkSavedAndLoadedAgainAndAgain_SameEventsAndState(int seed)
    {
        var whole = new WardBench();
        PlayFaults(new WardUnit(whole, beds: 6, bedsPerCell: 3), whole, seed);
        Assert.True(whole.Events.Count(happened => happened.Kind == "incident") >= 4);
        Assert.Contains(whole.Events, happened => happened.Kind == "clock");

        var random = new Random(seed);
        var cut = new WardBench();
        var events = new List<WardEvent>();
        foreach (var record in whole.Applied)
        {
            if (random.Next(200) == 0)
            {
                var saved = cut.Processor.SaveCheckpoint();
                events.AddRange(cut.Events);
                cut = new WardBench();
                cut.Processor.RestoreCheckpoint(saved, new TopicTable());
            }

            cut.Apply(record);
        }

        Assert.Equal(Text(whole.Events), Text(events.Concat(cut.Events)));
        Assert.Equal(JsonSerializer.Serialize(whole.Processor.State, Checkpoint), JsonSerializer.Serialize(cut.Processor.State, Checkpoint));
    }

    [Fact]
    public void Rebuild_FromACheckpoint_PassesNoEventOnTwice()
    {
        var bench = new WardBench();
        Play(bench, 5);
        var records = bench.Applied.ToArray();
        var rebuilt = new WardBench();
        foreach (var record in records.Take(records.Length / 2))
        {
            rebuilt.Apply(record);
        }

        var saved = rebuilt.Processor.SaveCheckpoint();
        foreach (var record in records.Skip(records.Length / 2))
        {
            rebuilt.Apply(record);
        }

        rebuilt.Processor.Rebuild(_ =>
        {
            rebuilt.Processor.RestoreCheckpoint(saved, new TopicTable());
            foreach (var record in records.Skip(records.Length / 2))
            {
                rebuilt.Apply(record);
            }
        });

        Assert.Equal(Text(bench.Events), Text(rebuilt.Events));
    }

    /// <summary>The limits of a live run are in its records: who replays them needs to be told nothing.</summary>
    [Fact]
    public void Apply_StartNamesOtherLimits_TheyHoldFromThereAndInACheckpoint()
    {
        var options = WardOptions.Default with { Ages = new AgeLimits { DeviceLostUs = 20_000_000 } };
        var bench = new WardBench();
        bench.AgentStart(0, WardSettings.ToJson(options));
        bench.Live(0, 10_000);

        Assert.Equal(options, bench.Processor.State.Options);
        bench.Tick(21_000);
        Assert.NotEqual(BedCondition.Lost, bench.Bed.State);
        var restored = new WardProcessor(bench);
        restored.RestoreCheckpoint(bench.Processor.SaveCheckpoint(), new TopicTable());
        Assert.Equal(options, restored.State.Options);
        bench.Tick(31_000);
        Assert.Equal(BedCondition.Lost, bench.Bed.State);
        bench.AgentStart(32_000);
        Assert.Equal(WardOptions.Default, bench.Processor.State.Options);
    }

    [Fact]
    public void Apply_SnapshotsTaken_ChangeNothing()
    {
        var quiet = new WardBench();
        Play(quiet, 7);
        var watched = new WardBench();
        foreach (var record in quiet.Applied)
        {
            watched.Apply(record);
            watched.Processor.Snapshot();
        }

        Assert.Equal(Text(quiet.Events), Text(watched.Events));
    }

    /// <summary>A ward with everything that moves state: several beds, silences, losses, alarms, restarts of senders and agent, bad input.</summary>
    private static void Play(WardBench bench, int seed)
    {
        var random = new Random(seed);
        bench.AgentStart(0);
        for (long ms = 100; ms < 90_000; ms += random.Next(5, 200))
        {
            var subject = $"chu/icu1/bed-0{random.Next(1, 5)}/mon1";
            var connection = random.Next(1, 9);
            switch (random.Next(40))
            {
                case 0: ms += random.Next(12_000); bench.Tick(ms); break;
                case 1: bench.Close(ms, connection, random.Next(2) == 0); break;
                case 2: bench.Alarms(ms, random.Next(2) == 0, WardBench.Condition($"a{random.Next(3)}")); break;
                case 3: bench.Publish(ms, $"fieldnet/v1/{subject}/vitals", [0xFF, 0x01]); break;
                case 4: bench.Epoch++; break;
                case 5 when random.Next(5) == 0: bench.AgentStart(ms); break;
                case 6: bench.Will(ms); break;
                case 7 or 8: bench.Alarms(ms, random.Next(2) == 0, historicalMs: ms - random.Next(60_000), WardBench.Condition($"a{random.Next(6)}")); break;
                case < 17: bench.Vitals(ms, random.Next(40, 180), connection, subject); break;
                default: bench.Wave(ms, connection: connection, subject: subject, also: chunk => chunk.Stamp.Seq += random.Next(20) == 0 ? 3u : 0); break;
            }
        }
    }

    /// <summary>A unit whose links and clocks have everything that is found, one after the other and some at once.</summary>
    private static void PlayFaults(WardUnit unit, WardBench bench, int seed)
    {
        var random = new Random(seed);
        unit.Run(100 + random.Next(20));
        unit.SilentGateways.UnionWith([0, 1, 2]);
        unit.Run(6);
        unit.SilentGateways.Clear();
        unit.ExtraMs[4] = 40;
        unit.Run(25);
        (unit.ExtraMs[4], unit.ClockUs[5]) = (0, -3_600_000_000);
        unit.Run(10, _ => unit.ExtraMs[1] = 60 * random.NextDouble());
        (unit.ExtraMs[1], unit.ClockUs[5]) = (0, 0);
        bench.Stall(unit.NowMs, 900);
        unit.Run(60, _ => unit.ClockUs[3] += 77);
        for (var flap = 0; flap < 3; flap++)
        {
            unit.SilentMonitors.Add(0);
            unit.Run(4 + random.Next(3));
            unit.SilentMonitors.Clear();
            unit.Run(4);
        }

        unit.Run(15);
    }

    private static string Text(IEnumerable<WardEvent> events)
    {
        var text = new ArrayBufferWriter<byte>();
        foreach (var happened in events)
        {
            EventJson.WriteLine(happened, text);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

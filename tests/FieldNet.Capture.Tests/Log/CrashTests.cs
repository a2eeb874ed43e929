using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Log;

/// <summary>P1 against a disk that loses whatever was not synced, fails at any operation, and is cut off at any point.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static int Seeds => Soak.Rounds(usual: 200, atLength: 1000);

    [Fact]
    public void CommittedThrough_CrashAtAnyPoint_EveryCommittedRecordComesBackOnceInOrder()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new CrashRun(seed);
            try
            {
                run.Play(generations: 4);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                output.WriteLine($"seed {seed}: {e.Message}");
                throw;
            }
        }
    }

    /// <summary>One seeded life of a log: appends, commits, faults and crashes, again and again.</summary>
    private sealed class CrashRun(int seed)
    {
        private readonly Random _random = new(seed);

        /// <summary>One log in three is so small that it loses its beginning again and again, and has a ballast.</summary>
        private readonly CaptureLogOptions _options = seed % 3 != 0
            ? new CaptureLogOptions { SegmentBytes = 16 * 1024, Site = "chu" }
            : new CaptureLogOptions { SegmentBytes = 16 * 1024, MaxBytes = 100_000, BallastBytes = 8 * 1024, ReserveBytes = 4096 };
        private readonly Dictionary<long, (Records.Copy Copy, LogLane Lane)> _accepted = [];
        private readonly HashSet<long> _acknowledged = [];
        private readonly HashSet<long> _evicted = [];

        /// <summary>A sync failed since the power last went: the disk may show what no later sync makes durable.</summary>
        private bool _mayHoldGivenUp;

        public void Play(int generations)
        {
            var disk = new SimulatedDisk();
            for (var generation = 0; generation < generations; generation++)
            {
                LiveAndCrash(disk, generation);
                var killed = _random.Next(3) == 0;
                disk = killed ? disk.AfterKill() : disk.AfterCrash(_random);
                _mayHoldGivenUp &= killed;
                Check(disk);
            }
        }

        private void LiveAndCrash(SimulatedDisk disk, int generation)
        {
            var faults = _random.Next(3) == 0 ? _random.NextDouble() * 0.2 : 0;
            _mayHoldGivenUp |= faults > 0;
            disk.FailWhen = _ => _random.NextDouble() < faults;
            disk.Capacity = _random.Next(6) == 0 ? 20_000 + _random.Next(60_000) : long.MaxValue;
            disk.CrashAfter = _random.Next(4) == 0 ? -1 : _random.Next(120);
            try
            {
                var log = Open(disk);
                var topics = new TopicTable(capacity: _random.Next(2) == 0 ? 4 : 100);
                var number = log.Recovered.LastNumber;
                if (!_mayHoldGivenUp)
                {
                    // The marks begin behind everything recovered, so that must come back always.
                    _acknowledged.UnionWith(Records.ReadAll(disk).Select(record => record.Number));
                }

                for (var step = _random.Next(400); step > 0; step--)
                {
                    if (_random.Next(8) == 0)
                    {
                        log.CommitLanes(all: true);
                        Acknowledge(log);
                    }
                    else if (_options.MaxBytes > 0 && _random.Next(25) == 0)
                    {
                        Sweep(log, disk);
                    }
                    else
                    {
                        var lane = (LogLane)_random.Next(2);
                        var copy = Records.Make(++number, (seed * 10) + generation, _random.Next(3) == 0 ? _random.Next(3000) : _random.Next(200));
                        _accepted[number] = (copy, lane);
                        log.Append(copy, lane, topics);
                    }
                }
            }
            catch (SimulatedCrashException)
            {
                // What follows is what a real crash leaves: no goodbye.
            }
        }

        /// <summary>What goes because it has to was not lost.</summary>
        private void Sweep(CaptureLog log, SimulatedDisk disk)
        {
            HashSet<long> Numbers() => [.. Records.ReadAll(disk).Select(record => record.Number)];

            var before = Numbers();
            try
            {
                log.Upkeep.Sweep();
            }
            finally
            {
                before.ExceptWith(Numbers());
                _acknowledged.ExceptWith(before);
                _evicted.UnionWith(before);
            }
        }

        private CaptureLog Open(SimulatedDisk disk)
        {
            while (true)
            {
                try
                {
                    return CaptureLog.OpenWithoutThread(disk, _options);
                }
                catch (CaptureException)
                {
                    // A disk that fails while the log is opened: the supervisor starts the agent again.
                }
            }
        }

        private void Acknowledge(CaptureLog log)
        {
            for (var number = log.Recovered.LastNumber + 1; _accepted.TryGetValue(number, out var accepted); number++)
            {
                if (number <= log.CommittedThrough(accepted.Lane) && !_evicted.Contains(number))
                {
                    _acknowledged.Add(number);
                }
            }
        }

        private void Check(SimulatedDisk disk)
        {
            var records = Records.ReadAll(disk);
            var numbers = records.Select(record => record.Number).ToList();

            Assert.Equal(numbers.Distinct().Order(), numbers);
            Assert.Empty(_acknowledged.Except(numbers));
            foreach (var record in records)
            {
                if (record != _accepted[record.Number].Copy)
                {
                    Assert.Equal(_accepted[record.Number].Copy, record);
                }
            }
        }
    }
}

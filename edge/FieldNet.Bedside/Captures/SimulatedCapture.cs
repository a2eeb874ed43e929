using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Devices;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;

namespace FieldNet.Bedside.Captures;

/// <summary>Makes the data folder that an agent would have written while simulated bedsides sent to it, in virtual time and without sockets.</summary>
/// <remarks>
/// Same options, same records. Faults are those of the demonstration but for lost connections; a message has no delay of its own.
/// Threading: one thread. Errors: <see cref="SimulationException"/>; a folder that can't be written is a CaptureException.
/// </remarks>
public static class SimulatedCapture
{
    private const int StepsPerSecond = 125;
    private const double WaveStepUs = 256_000;

    /// <summary>Any day would do; one that is no one's.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <param name="dataFolder">New, or empty.</param>
    /// <param name="lasting">By the log's time.</param>
    /// <returns>How many records it has.</returns>
    public static async Task<long> WriteAsync(
        string dataFolder, int beds, TimeSpan lasting, SimulationProfile profile = SimulationProfile.Full, int seed = 1)
    {
        var time = new VirtualTime(Begin);
        var clock = new SimulationClock(time);
        using var log = CaptureLog.Open(dataFolder, new CaptureLogOptions { Site = "demo" });
        var capture = new CaptureConnector(log, clock);
        var fleet = Fleet(beds, lasting, profile, seed, capture, clock, time);
        using var ends = new CancellationTokenSource();
        capture.AddOwn(RecordKind.AgentStart, """{"start":1,"version":"simulated","checkpoint":null,"previous_record":0,"clean":true,"wall_minus_log_us":0}"""u8);
        var connections = fleet.Connect(ends.Token);
        for (long step = 0; step <= lasting.TotalSeconds * StepsPerSecond; step++)
        {
            time.MoveTo(TimeSpan.FromSeconds((double)step / StepsPerSecond));
            fleet.Tick(clock.ElapsedUs);
            if (clock.UtcUs(clock.ElapsedUs) - capture.LastUs >= 1_000_000)
            {
                capture.AddOwn(RecordKind.Tick);
            }
        }

        fleet.TakeLeave(clock.ElapsedUs);
        await fleet.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAll(connections).ConfigureAwait(false);
        capture.AddOwn(RecordKind.Stop);
        return capture.Records;
    }

    private static Fleet Fleet(
        int beds, TimeSpan lasting, SimulationProfile profile, int seed, CaptureConnector capture, SimulationClock clock, VirtualTime time)
    {
        string[] names = [.. Enumerable.Range(1, beds).Select(n => $"bed-{n:00}")];
        var traffic = new Traffic();
        var layout = SimulatedSite.Of(names);
        var faults = DemoFaults.Plan(seed, layout, lasting).Where(fault => fault.What != FaultKind.Disconnect).ToArray();
        var monitors = Admission.Synthesised(beds, seed);
        return new Fleet(names.Select((bed, n) => new BedDevice(
            new()
            {
                Bed = bed,
                StepUs = (long)WaveStepUs,
                Waves = profile == SimulationProfile.Full,
                WaveQos = 0,
                Faults = faults,
                Connector = capture,
                Traffic = traffic,
                Notices = new Notices(TextWriter.Null),
                Clock = clock,
                Time = time,
                Random = RandomExtensions.Fork(seed, n, 10),
                Place = layout.Gateways[n].Serves[0],
            },
            monitors[n],
            (long)WaveStepUs * n / beds)));
    }
}

using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Devices;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside;

/// <summary>Simulated bedside monitors, sending over real MQTT connections: a demonstration, and a generator of load and faults.</summary>
/// <remarks>Threading: one paced loop lives all beds; each connection reads its acknowledgements on the thread pool.</remarks>
public static class Simulation
{
    private const double WaveStepUs = 256_000;

    /// <summary>Time for the connections to open before the first message.</summary>
    private const long ConnectFirstUs = 250_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(8), LeaveWithin = TimeSpan.FromSeconds(2);

    /// <summary>Runs until the options' time is over, the lifeline ends, or it is cancelled: all three are a normal end.</summary>
    /// <exception cref="SimulationException">It can't run as asked; nothing was sent.</exception>
    public static Task<SimulationReport> RunAsync(SimulationOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        var connector = new MqttConnector(options.To.Host, options.To.Port < 0 ? 1883 : options.To.Port, TimeProvider.System);
        return RunAsync(options, connector, TimeProvider.System, Console.Error, cancellationToken);
    }

    internal static async Task<SimulationReport> RunAsync(
        SimulationOptions options, IConnector connector, TimeProvider time, TextWriter notices, CancellationToken cancellationToken)
    {
        string[] beds = [.. Enumerable.Range(1, options.Beds).Select(n => $"bed-{n:00}")];
        var layout = SimulatedSite.Of(beds);
        var faults = Faults(options, layout);
        var paths = Paths(options);
        using var labels = Output(options.Labels);
        using var ledger = Output(options.Acknowledged);
        var monitors = options.Recordings is { } folder
            ? Admission.Recorded(folder, options.Beds, options.Seed)
            : Admission.Synthesised(options.Beds, options.Seed);
        var clock = new SimulationClock(time);
        var traffic = new Traffic();
        var told = new Notices(notices);
        long stepUs = (long)Math.Round(WaveStepUs / options.Rate);
        var fleet = new Fleet(layout.Gateways.SelectMany((gateway, n) =>
        {
            var setup = new BedSetup
            {
                Bed = beds[n],
                StepUs = stepUs,
                Waves = options.Profile == SimulationProfile.Full,
                WaveQos = options.WaveQos,
                Faults = faults,
                Connector = connector,
                Traffic = traffic,
                Notices = told,
                Clock = clock,
                Time = time,
                Random = RandomExtensions.Fork(options.Seed, n, 10),
                Place = gateway.Serves[0],
                Path = paths(n),
            };
            var monitor = new BedDevice(setup, monitors[n], ConnectFirstUs + stepUs * n / beds.Length);
            return (ISimulatedDevice[])(options.Gateways
                ? [monitor, new GatewayDevice(setup with { Random = RandomExtensions.Fork(options.Seed, n, 11) }, layout, gateway, ConnectFirstUs + 1_000_000L * n / beds.Length)]
                : [monitor]);
        }));

        await RunAsync(fleet, traffic, clock, options, time, cancellationToken).ConfigureAwait(false);

        var lasted = clock.Elapsed;
        if (labels is not null)
        {
            FaultLabels.Write(labels, faults, layout, clock.Start, lasted);
        }
        if (ledger is not null)
        {
            Traffic.WriteLedger(ledger, clock.Epoch, fleet.Ledger);
        }
        return new()
        {
            Beds = options.Beds,
            Seconds = Math.Round(lasted.TotalSeconds, 3),
            Sent = traffic.Sent,
            Acknowledged = traffic.Acknowledged,
            Bytes = traffic.Bytes,
            MessagesPerS = Math.Round(traffic.Sent / lasted.TotalSeconds, 1),
            PublishToAckMs = new(traffic.PublishToAck.QuantileMs(0.5), traffic.PublishToAck.QuantileMs(0.99), traffic.PublishToAck.MaxMs),
            Faults = faults.Count(f => f.At < lasted && layout.BedsUnder(f).Length > 0),
            Refused = traffic.Refused,
            Dropped = traffic.Dropped,
            ConnectionsLost = traffic.ConnectionsLost,
        };
    }

    private static async Task RunAsync(
        Fleet fleet, Traffic traffic, SimulationClock clock, SimulationOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var connections = new CancellationTokenSource();
        var loops = fleet.Connect(connections.Token);
        var anyLoop = Task.WhenAny(loops);
        var lifeline = EndOfAsync(options.Lifeline);
        using var timer = new PeriodicTimer(Tick, time);

        // A connection's loop ends only by a fault of ours: then stop at once, and let it be seen below.
        while (!cancellationToken.IsCancellationRequested && !lifeline.IsCompleted && !anyLoop.IsCompleted && !(clock.Elapsed >= options.For))
        {
            fleet.Tick(clock.ElapsedUs);
            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
        }

        fleet.TakeLeave(clock.ElapsedUs);
        var deadline = clock.Elapsed + LeaveWithin;
        while ((traffic.Awaited > 0 || !fleet.IsIdle) && clock.Elapsed < deadline)
        {
            fleet.Pump(clock.ElapsedUs);
            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
        }
        using var leave = new CancellationTokenSource(LeaveWithin, time);
        try
        {
            await fleet.StopAsync(leave.Token).ConfigureAwait(false);
            await connections.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A server that does not read keeps no one from leaving; and the loops were told to end.
        }
    }

    private static IReadOnlyList<Fault> Faults(SimulationOptions options, SiteLayout layout)
    {
        IEnumerable<Fault> scripted = options.Faults is { } path ? FaultScript.Read(path).Select(fault => SimulatedSite.Resolve(fault, layout)) : [];
        return [.. scripted, .. options.DemoFaults ? DemoFaults.Plan(options.Seed, layout, options.For) : []];
    }

    /// <summary>A recording for each bed, from a place of its own in it.</summary>
    private static Func<int, PlayedDelay?> Paths(SimulationOptions options)
    {
        if (options.Backgrounds is not { } folder)
        {
            return _ => null;
        }
        var traces = DelayTraceReader.ReadFolder(folder);
        return bed =>
        {
            var random = RandomExtensions.Fork(options.Seed, bed, 12);
            var trace = random.Pick(traces);
            return new PlayedDelay(trace, random.NextInt64(2 * trace.DurationUs));
        };
    }

    /// <summary>Opened before anything runs: a path that can't be written is told at once.</summary>
    private static StreamWriter? Output(string? path)
    {
        try
        {
            return path is null ? null : new StreamWriter(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"'{path}' can't be written: {cause.Message}", cause);
        }
    }

    private static async Task EndOfAsync(Stream? lifeline)
    {
        if (lifeline is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System).ConfigureAwait(false);
            return;
        }
        byte[] ignored = new byte[256];
        while (await lifeline.ReadAsync(ignored).ConfigureAwait(false) > 0)
        {
        }
    }
}

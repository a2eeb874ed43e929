using System.Diagnostics;
using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Devices;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Monitors;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Tests.Devices;

/// <summary>Beds that live in virtual time and send to a <see cref="FakeConnector"/>.</summary>
internal sealed class VirtualWard : IDisposable
{
    private const long TickUs = 8_000;

    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _end = new();

    public VirtualWard(int beds = 1, double rate = 1, bool waves = true, byte waveQos = 0, IReadOnlyList<BedsideMonitor>? monitors = null, params Fault[] faults)
    {
        Clock = new(_time);
        Server.NowUs = () => Clock.ElapsedUs;
        monitors ??= Admission.Synthesised(beds, seed: 4);
        long stepUs = (long)(256_000 / rate);
        Fleet = new(monitors.Select((monitor, n) => new BedDevice(
            new()
            {
                Bed = $"bed-{n + 1:00}",
                StepUs = stepUs,
                Waves = waves,
                WaveQos = waveQos,
                Faults = faults,
                Connector = Server,
                Traffic = Traffic,
                Notices = new(TextWriter.Null),
                Clock = Clock,
                // Only waits before a new connection use it; they are short.
                Time = TimeProvider.System,
                Random = RandomExtensions.Fork(4, n, 10),
            },
            monitor,
            stepUs * n / monitors.Count)));
        Fleet.Connect(_end.Token);
    }

    public FakeConnector Server { get; } = new();

    public Traffic Traffic { get; } = new();

    public SimulationClock Clock { get; }

    public Fleet Fleet { get; }

    public void RunTo(double seconds)
    {
        for (long at = Clock.ElapsedUs + TickUs; at <= Math.Round(seconds * 1e6); at += TickUs)
        {
            _time.AdvanceTo(at);
            Fleet.Tick(at);
        }
    }

    /// <summary>The machine stands still: time passes and nothing runs.</summary>
    public void Jump(double toSeconds) => _time.AdvanceTo((long)(toSeconds * 1e6));

    /// <summary>Lets virtual time pass until something that another thread does has happened.</summary>
    public async Task RunUntilAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "Not within 10 s of real time.");
            RunTo(Clock.Elapsed.TotalSeconds + 0.008);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    public IReadOnlyList<FakeConnector.Sent> Of(string kind) => [.. Server.Messages.Where(m => m.Kind == kind)];

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }
}

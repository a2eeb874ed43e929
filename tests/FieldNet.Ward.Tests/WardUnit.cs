using FieldNet.Telemetry.Wire;

namespace FieldNet.Ward.Tests;

/// <summary>A unit on the test bench: monitors behind gateways, on cells and slices, each with a delay of its own; what a test switches off stays away.</summary>
internal sealed class WardUnit(WardBench bench, int beds, int bedsPerCell, Func<int, string>? sliceOf = null)
{
    private readonly Random _random = new(7);
    private readonly long[] _lastUs = new long[beds];

    public HashSet<int> SilentMonitors { get; } = [];

    public HashSet<int> SilentGateways { get; } = [];

    /// <summary>Added to the way of a bed, milliseconds.</summary>
    public double[] ExtraMs { get; } = new double[beds];

    /// <summary>The monitor's clock less the true one, microseconds.</summary>
    public long[] ClockUs { get; } = new long[beds];

    public long NowMs { get; private set; }

    public static string Monitor(int bed) => $"chu/icu1/bed-{bed:00}/mon1";

    public static string Gateway(int bed) => $"chu/icu1/bed-{bed:00}/gw1";

    public static string Bed(int bed) => $"icu1/bed-{bed:00}";

    public void Run(double seconds, Action<long>? each = null)
    {
        List<(long Ms, Action Send)> due = [];
        for (var end = NowMs + (long)(seconds * 1000); NowMs < end; NowMs += 256)
        {
            due.Clear();
            for (var bed = 0; bed < beds; bed++)
            {
                Plan(due, bed, NowMs + bed);
            }

            foreach (var (_, send) in due.OrderBy(item => item.Ms))
            {
                send();
            }

            bench.Tick(Math.Max(NowMs + 255, due.Count > 0 ? due.Max(item => item.Ms) : 0));
            each?.Invoke(NowMs);
        }
    }

    private void Plan(List<(long Ms, Action Send)> due, int bed, long sentMs)
    {
        var delayMs = 12 + (4 * _random.NextDouble()) + ExtraMs[bed];
        var arriveMs = Math.Max((long)(sentMs + delayMs), _lastUs[bed]);
        _lastUs[bed] = arriveMs;
        var (clock, step) = (ClockUs[bed], NowMs / 256);
        if (!SilentMonitors.Contains(bed) && !SilentGateways.Contains(bed))
        {
            due.Add((arriveMs, () => bench.Wave(arriveMs, subject: Monitor(bed), connection: 100 + bed, also: wave => Stamp(wave.Stamp, sentMs, clock))));
            if (step % 4 == bed % 4)
            {
                due.Add((arriveMs, () => bench.Vitals(arriveMs, subject: Monitor(bed), connection: 200 + bed, also: vitals => Stamp(vitals.Stamp, sentMs, clock))));
            }
        }

        if (!SilentGateways.Contains(bed) && step % 4 == (bed + 2) % 4)
        {
            due.Add((arriveMs, () => bench.Link(arriveMs, Gateway(bed), report => Say(report, bed, sentMs), connection: 300 + bed)));
        }
    }

    private void Say(LinkReport report, int bed, long sentMs)
    {
        Stamp(report.Stamp, sentMs, 0);
        report.Serves.Add($"bed-{bed:00}/mon1");
        (report.Registration, report.Rat, report.Pci, report.NrCellId) = (LinkReport.Types.Registration.Connected, "NR_SA", (uint)(1 + (bed / bedsPerCell)), (ulong)(0x3A10 + (bed / bedsPerCell)));
        (report.RsrpDbm, report.SinrDb, report.FiveQi, report.SliceSst) = (-85, 20, 70, 1);
        report.SliceSd = sliceOf?.Invoke(bed) ?? "000001";
    }

    private static void Stamp(Stamp stamp, long sentMs, long clockUs) => stamp.SentTimeUs = WardBench.StartUs + (sentMs * 1000) + clockUs;
}

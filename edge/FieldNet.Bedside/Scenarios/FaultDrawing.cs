using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Draws what goes wrong in a scenario: nothing, one fault after another, two at once in different places, or one that outlives its parent's.</summary>
/// <remarks>A fault never begins within a natural excursion of its own paths: nobody could tell the two apart.</remarks>
internal sealed class FaultDrawing(SiteLayout layout, IReadOnlyList<PlayedDelay> paths, Random random)
{
    private const double NothingShare = 0.1, TogetherShare = 0.2, OutlivedShare = 0.07;

    private const int Tries = 25;

    /// <summary>Delay and jitter beyond it would be an outage.</summary>
    private const double LongestMs = 900;

    private static readonly TimeSpan LookedAt = TimeSpan.FromMinutes(12);

    /// <summary>Kinds and how often each is drawn, with the draw of one.</summary>
    private static readonly (double Weight, Func<FaultDrawing, TimeSpan, Fault> Draw)[] Kinds =
    [
        (6, (draw, at) => draw.DeviceSilent(at)),
        (7, (draw, at) => draw.GatewaySilent(at)),
        (6, (draw, at) => draw.Outage(at, Fault.CellMark + draw.AnyCell())),
        (3, (draw, at) => draw.Outage(at, Fault.Core)),
        (3, (draw, at) => draw.Outage(at, Fault.Backhaul)),
        (4, (draw, at) => draw.Sensor(at)),
        (8, (draw, at) => draw.Delay(at, FaultKind.Latency, draw.AnyGateway())),
        (2, (draw, at) => draw.Delay(at, FaultKind.Latency, null)),
        (5, (draw, at) => draw.Delay(at, FaultKind.Jitter, draw.AnyGateway())),
        (6, (draw, at) => draw.Share(at, FaultKind.Loss, 0.06, 0.4)),
        (4, (draw, at) => draw.Share(at, FaultKind.Reordering, 0.15, 0.5)),
        (4, (draw, at) => draw.Share(at, FaultKind.Duplicates, 0.1, 0.5)),
        (4, (draw, at) => draw.Burst(at)),
        (4, (draw, at) => draw.Flapping(at)),
        (4, (draw, at) => draw.PingPong(at)),
        (4, (draw, at) => draw.Weak(at)),
        (3, (draw, at) => draw.UplinkLimited(at)),
        (5, (draw, at) => draw.Congestion(at)),
        (3, (draw, at) => draw.AtGateway(at, FaultKind.Unregistered, 0, 12, 30)),
        (3, (draw, at) => draw.Power(at)),
        (3, (draw, at) => draw.ClockOffset(at)),
        (2, (draw, at) => draw.ClockDrift(at)),
        (4, (draw, at) => draw.ClockStep(at)),
        (3, (draw, at) => draw.Agent(at)),
    ];

    private readonly Dictionary<int, IReadOnlyList<(string What, long StartUs, long EndUs)>> _excursions = [];

    public IReadOnlyList<Fault> Draw(TimeSpan warmUp)
    {
        double form = random.NextDouble();
        if (form < NothingShare)
        {
            return [];
        }
        if (form < NothingShare + OutlivedShare)
        {
            return Outlived(warmUp);
        }
        var first = One(warmUp, []);
        if (form < NothingShare + OutlivedShare + TogetherShare)
        {
            // Another while the first lasts, somewhere else.
            return [first, One(first.At + first.For * random.Between(0, 0.7), [first])];
        }
        List<Fault> faults = [first];
        for (int n = random.Next(1, 4); n > 1; n--)
        {
            faults.Add(One(faults[^1].End + TimeSpan.FromSeconds(random.Between(30, 50)), faults));
        }
        return faults;
    }

    /// <summary>A fault that begins about then, apart from the others in place where it meets them in time.</summary>
    private Fault One(TimeSpan about, List<Fault> others)
    {
        Fault? drawn = null;
        for (int tries = 0; tries < Tries; tries++)
        {
            drawn = Kind()(this, Round(about + TimeSpan.FromSeconds(random.Between(0, 8))));
            if (IsCalm(drawn) && !others.Any(other => Meets(drawn, other)))
            {
                return drawn;
            }
        }
        // Nothing fits beside the others: then after them.
        return others.Count == 0 ? drawn! : drawn! with { At = others.Max(other => other.End) + TimeSpan.FromSeconds(35) };
    }

    private Func<FaultDrawing, TimeSpan, Fault> Kind()
    {
        double place = random.NextDouble() * Kinds.Sum(kind => kind.Weight);
        foreach (var (weight, draw) in Kinds)
        {
            if ((place -= weight) < 0)
            {
                return draw;
            }
        }
        return Kinds[^1].Draw;
    }

    /// <summary>A cell is down and takes a device of it with it, which stays away when the cell is back.</summary>
    private Fault[] Outlived(TimeSpan warmUp)
    {
        string cell = AnyCell();
        var parent = Outage(Round(warmUp + TimeSpan.FromSeconds(random.Between(0, 8))), Fault.CellMark + cell) with { Form = OutageForm.NotMade };
        var device = random.Pick<DevicePlace>([.. layout.Devices.Where(device => device.Cell == cell)]);
        var child = new Fault(parent.At, parent.For + Seconds(15, 30), FaultKind.Silent, device.Subject, 0) { Form = OutageForm.Off };
        return [parent, child];
    }

    private bool Meets(Fault drawn, Fault other)
    {
        var apart = TimeSpan.FromSeconds(20);
        bool inTime = drawn.At < other.End + apart && other.At < drawn.End + apart;
        // While all is silent, or the agent itself is ill, nothing else can be seen.
        bool hides = drawn.Subject is Fault.Core or Fault.Backhaul or Fault.Agent || other.Subject is Fault.Core or Fault.Backhaul or Fault.Agent;
        return inTime && (hides || layout.Under(drawn).Intersect(layout.Under(other)).Any());
    }

    private bool IsCalm(Fault fault)
    {
        long at = fault.At.Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var (n, gateway) in layout.Gateways.Index())
        {
            if ((fault.Touches(gateway.Place) || gateway.Serves.Any(device => fault.Touches(device) || fault.Subject.StartsWith(device.Subject, StringComparison.Ordinal)))
                && Excursions(n).Any(natural => natural.StartUs < at + 10_000_000 && natural.EndUs > at - 2_000_000)
                && fault.Subject is not (Fault.Core or Fault.Backhaul or Fault.Agent) && !fault.Subject.Contains(':', StringComparison.Ordinal))
            {
                return false;
            }
        }
        return true;
    }

    private IReadOnlyList<(string What, long StartUs, long EndUs)> Excursions(int gateway) =>
        _excursions.TryGetValue(gateway, out var known) ? known : _excursions[gateway] = NaturalExcursions.Of(paths[gateway], LookedAt);

    private Fault DeviceSilent(TimeSpan at) => new(at, Seconds(8, 35), FaultKind.Silent, AnyDevice().Subject, 0) { Form = random.Pick<OutageForm>([OutageForm.Off, OutageForm.Off, OutageForm.Reset, OutageForm.NotMade]) };

    private Fault GatewaySilent(TimeSpan at) => new(at, Seconds(8, 35), FaultKind.Silent, AnyGateway().Subject, 0) { Form = random.Pick<OutageForm>([OutageForm.Off, OutageForm.Off, OutageForm.Reset, OutageForm.Lost]) };

    private Fault Outage(TimeSpan at, string subject)
    {
        var lasting = Seconds(6, 30);
        var form = random.Pick<OutageForm>(lasting < TimeSpan.FromSeconds(12) ? [OutageForm.Held, OutageForm.NotMade, OutageForm.Lost] : [OutageForm.NotMade, OutageForm.Lost]);
        return new(at, lasting, FaultKind.Silent, subject, 0) { Form = form, IsUnreachable = random.NextDouble() < 0.5 };
    }

    private Fault Sensor(TimeSpan at)
    {
        var monitor = random.Pick<DevicePlace>([.. layout.Devices.Where(device => device.Subject.EndsWith(VirtualFleet.Monitor, StringComparison.Ordinal))]);
        return new(at, Seconds(8, 30), FaultKind.Silent, $"{monitor.Subject}/{random.Pick(VirtualFleet.Waves)}", 0);
    }

    /// <summary>Twice the path's own spread and more; over all gateways (the backhaul) twice that of the widest.</summary>
    private Fault Delay(TimeSpan at, FaultKind what, GatewayPlace? gateway)
    {
        double spreadMs = gateway is null ? paths.Max(path => path.Trace.SpreadMs) : paths[gateway.Number].Trace.SpreadMs;
        double times = Math.Exp(random.Between(Math.Log(2), Math.Log(12)));
        // Uniform from 0 to J has a half p84 − p16 of 0.34 J.
        double value = what == FaultKind.Latency ? Math.Max(2 * spreadMs, Math.Min(times * spreadMs, LongestMs)) : Math.Clamp(3 * times * spreadMs, 20, LongestMs);
        return new(at, Seconds(25, 50), what, gateway?.Subject ?? Fault.Backhaul, Math.Round(value, 1));
    }

    private Fault Share(TimeSpan at, FaultKind what, double least, double most) =>
        new(at, Seconds(25, 45), what, random.NextDouble() < 0.6 ? AnyGateway().Subject : AnyMonitor().Subject, Math.Round(random.Between(least, most), 3));

    private Fault Burst(TimeSpan at) => new(at, Seconds(8, 25), FaultKind.Burst, AnyGateway().Subject, 0);

    private Fault Flapping(TimeSpan at) =>
        new(at, Seconds(25, 45), FaultKind.Flapping, random.NextDouble() < 0.5 ? AnyGateway().Subject : AnyDevice().Subject, Math.Round(random.Between(3, 7), 1));

    private Fault PingPong(TimeSpan at) => new(at, Seconds(25, 45), FaultKind.HandoverPingPong, AnyGateway().Subject, Math.Round(random.Between(2, 4), 1));

    private Fault Weak(TimeSpan at) => new(at, Seconds(25, 45), FaultKind.RadioWeak, AnyGateway().Subject, Math.Round(random.Between(32, 45)));

    private Fault UplinkLimited(TimeSpan at) => new(at, Seconds(25, 45), FaultKind.UplinkLimited, AnyGateway().Subject, Math.Round(random.Between(40, 150)));

    private Fault Congestion(TimeSpan at)
    {
        bool ofCell = layout.Slices.Count < 2 || random.NextDouble() < 0.5;
        return new(at, Seconds(25, 45), FaultKind.Congestion, ofCell ? Fault.CellMark + AnyCell() : Fault.SliceMark + AnySlice(), Math.Round(random.Between(60, 250)));
    }

    private Fault Power(TimeSpan at)
    {
        bool goesOff = random.NextDouble() < 0.5;
        return AtGateway(at, FaultKind.Power, goesOff ? Math.Round(random.Between(12, 20)) : 0, 30, 50);
    }

    private Fault ClockOffset(TimeSpan at)
    {
        double seconds = random.Pick<double>([random.Between(2, 60), -random.Between(2, 60), random.Between(600, 7200), -random.Between(600, 7200)]);
        return new(at, Seconds(60, 90), FaultKind.ClockOffset, AnyDevice().Subject, Math.Round(seconds * 1000));
    }

    private Fault ClockDrift(TimeSpan at) =>
        new(at, Seconds(120, 180), FaultKind.ClockDrift, AnyDevice().Subject, Math.Round(random.Between(300, 2000) * (random.Next(2) == 0 ? 1 : -1)));

    private Fault ClockStep(TimeSpan at)
    {
        double year = 365.25 * 86_400;
        double seconds = random.Pick<double>([random.Between(1, 30), -random.Between(1, 30), random.Between(60, 3600), -random.Between(60, 3600), -5 * year, year]);
        return new(at, Seconds(30, 60), FaultKind.ClockStep, AnyDevice().Subject, Math.Round(seconds * 1000));
    }

    private Fault Agent(TimeSpan at) => random.Next(4) switch
    {
        0 => new(at, Seconds(1.2, 6), FaultKind.AgentStall, Fault.Agent, 0),
        1 => new(at, Seconds(5, 12), FaultKind.AgentPause, Fault.Agent, random.Next(80, 400)),
        2 => new(at, Seconds(4, 15), FaultKind.AgentRestart, Fault.Agent, 0),
        _ => new(at, Seconds(10, 30), FaultKind.AgentDisk, Fault.Agent, 0),
    };

    private Fault AtGateway(TimeSpan at, FaultKind what, double value, double least, double most) => new(at, Seconds(least, most), what, AnyGateway().Subject, value);

    private GatewayPlace AnyGateway() => random.Pick(layout.Gateways);

    /// <summary>A pump says a number every two seconds: of those too few would go wrong to be told from none.</summary>
    private DevicePlace AnyMonitor() => random.Pick<DevicePlace>([.. layout.Devices.Where(device => !device.Subject.EndsWith(VirtualFleet.Pump, StringComparison.Ordinal))]);

    private DevicePlace AnyDevice() => random.Pick<DevicePlace>([.. layout.Devices]);

    /// <summary>Of one with several gateways, if there is such: what happens to a cell of one gateway happens to that gateway.</summary>
    private string AnyCell()
    {
        string[] shared = [.. layout.Gateways.GroupBy(gateway => gateway.Place.Cell).Where(cell => cell.Count() > 1).Select(cell => cell.Key)];
        return shared.Length > 0 ? random.Pick<string>(shared) : random.Pick(layout.Cells).Name;
    }

    private string AnySlice()
    {
        string[] shared = [.. layout.Gateways.GroupBy(gateway => gateway.Place.Slice).Where(slice => slice.Count() > 1).Select(slice => slice.Key)];
        return shared.Length > 0 ? random.Pick<string>(shared) : random.Pick(layout.Slices).Name;
    }

    private TimeSpan Seconds(double least, double most) => Round(TimeSpan.FromSeconds(random.Between(least, most)));

    /// <summary>To milliseconds: labels and scripts say no more.</summary>
    private static TimeSpan Round(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Round(time.TotalMilliseconds));
}

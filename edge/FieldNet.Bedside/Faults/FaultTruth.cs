using FieldNet.Bedside.Network;
using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Faults;

/// <summary>What a fault shows as, where, and by which cause: the lines of a label file.</summary>
internal static class FaultTruth
{
    /// <summary>What a fault leaves behind is told within this: a backlog, a gap in the numbers, a connection made anew.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(8);

    /// <summary>A backlog comes at once.</summary>
    private static readonly TimeSpan Backlog = TimeSpan.FromSeconds(3);

    /// <summary>A step is one moment, found within some messages.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private const double LeavesGapsMs = 400;

    /// <summary>As events call it: <c>handover_ping_pong</c>.</summary>
    public static string Word(FaultKind what) => what switch
    {
        FaultKind.Disconnect => "offline",
        FaultKind.ClockOffset => "offset",
        FaultKind.ClockDrift => "drift",
        FaultKind.ClockStep => "step",
        FaultKind.AgentStall or FaultKind.AgentPause => "stall",
        FaultKind.AgentRestart => "restart",
        FaultKind.AgentDisk => "disk",
        _ => string.Concat(what.ToString().Select((letter, n) => char.IsAsciiLetterUpper(letter) ? (n > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString())),
    };

    public static string CauseOf(Fault fault) => fault.Subject switch
    {
        _ when fault.What is FaultKind.ClockOffset or FaultKind.ClockDrift or FaultKind.ClockStep => "clock",
        Fault.Core => "core",
        Fault.Backhaul => "backhaul",
        Fault.Agent => "agent",
        _ when fault.Subject.StartsWith(Fault.CellMark, StringComparison.Ordinal) => "cell",
        _ when fault.Subject.StartsWith(Fault.SliceMark, StringComparison.Ordinal) => "slice",
        _ when fault.Subject.Split('/') is { Length: 5 } => "sensor",
        // All of a ward or site: what they share is the way in.
        _ when fault.Subject.Split('/') is { Length: <= 2 } => "backhaul",
        _ when fault.Subject.Split('/') is { Length: 4 } words && !words[3].StartsWith("gw", StringComparison.Ordinal) => "device",
        _ => fault.What == FaultKind.Disconnect ? "device" : "gateway",
    };

    public static IEnumerable<Label> Of(Fault fault, SiteLayout layout, long startUs, TimeSpan lasted)
    {
        string subject = SubjectOf(fault, layout);
        string cause = CauseOf(fault);
        string[] beds = layout.BedsUnder(fault with { Subject = fault.Subject.Split('/') is { Length: 5 } words ? string.Join('/', words[..4]) : fault.Subject });
        var end = fault.End < lasted ? fault.End : lasted;
        foreach (var (what, from, to, isOptional) in Seen(fault, end, lasted))
        {
            yield return Line(what, subject, from, to, isOptional);
            if (isOptional)
            {
                foreach (var place in BelowOf(fault, layout).Where(place => place != subject))
                {
                    yield return Line(what, place, from, to, isOptional: true);
                }
            }
        }

        Label Line(string what, string at, TimeSpan from, TimeSpan to, bool isOptional) =>
            new(what, at, cause, Utc(from), Utc(to), beds) { IsOptional = isOptional };

        long Utc(TimeSpan time) => startUs + time.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>Where an incident about it is expected.</summary>
    public static string SubjectOf(Fault fault, SiteLayout layout)
    {
        string[] wards = [.. layout.Gateways.Where(gateway => fault.Touches(gateway.Place)).Select(gateway => gateway.Place.Ward).Distinct()];
        string above = wards.Length == 1 ? $"{layout.Site}/{wards[0]}" : layout.Site;
        return fault.Subject switch
        {
            Fault.Agent => Fault.Agent,
            Fault.Core => $"{above}/_core",
            Fault.Backhaul => $"{above}/_backhaul",
            _ when fault.Subject.StartsWith(Fault.CellMark, StringComparison.Ordinal) => $"{above}/_cell-{fault.Subject[Fault.CellMark.Length..]}",
            _ when fault.Subject.StartsWith(Fault.SliceMark, StringComparison.Ordinal) =>
                $"{above}/_slice-{layout.Slices.FirstOrDefault(slice => slice.Name == fault.Subject[Fault.SliceMark.Length..])?.Id}",
            _ => fault.Subject,
        };
    }

    /// <summary>Everything that it touches, for effects on the side: gateways, and the devices behind them.</summary>
    private static IEnumerable<string> BelowOf(Fault fault, SiteLayout layout) =>
        layout.Gateways.SelectMany(gateway => gateway.Serves.Prepend(gateway.Place)).Where(fault.Touches).Select(place => place.Subject);

    private static IEnumerable<(string What, TimeSpan From, TimeSpan To, bool IsOptional)> Seen(Fault fault, TimeSpan end, TimeSpan lasted)
    {
        var (at, after) = (fault.At, end + Aftermath);
        string own = Word(fault.What);
        switch (fault.What)
        {
            case FaultKind.Silent:
                return
                [
                    (own, at, end, false), ("loss", at, after, true), ("burst", end, after, true), ("latency", at, after, true), ("jitter", at, after, true),
                    ("restarted", end, after, true), ("offline", at, after, true),
                ];
            case FaultKind.Burst:
                return [("silent", at, end, false), ("burst", end, end + Backlog, false), ("loss", at, after, true), ("latency", end, after, true), ("jitter", end, after, true)];
            case FaultKind.Disconnect:
                return [(own, at, end, false), ("silent", at, end, true), ("loss", at, after, true), ("flapping", at, after, true)];
            case FaultKind.Flapping:
                return [(own, at, end, false), ("silent", at, after, true), ("loss", at, after, true), ("offline", at, after, true), ("latency", at, after, true), ("jitter", at, after, true)];
            case FaultKind.Unregistered:
                return [(own, at, end, false), ("silent", at, after, true), ("loss", at, after, true)];
            case FaultKind.Power when fault.Value > 0 && at + TimeSpan.FromSeconds(fault.Value) is var off && off < end:
                return [(own, at, end, false), ("silent", off, end, false), ("loss", off, after, true), ("restarted", end, after, true), ("latency", end, after, true)];
            case FaultKind.RadioWeak or FaultKind.UplinkLimited or FaultKind.HandoverPingPong or FaultKind.Congestion:
                return
                [
                    (own, at, end, false), ("latency", at, after, true), ("jitter", at, after, true), ("silent", at, after, true), ("radio_weak", at, after, true),
                    ("congestion", at, after, true), ("burst", at, after, true),
                ];
            case FaultKind.Latency:
                return [(own, at, end, false), ("jitter", at, after, true), .. Gaps(fault, at, after)];
            case FaultKind.Jitter:
                return [(own, at, end, false), ("latency", at, after, true), .. Gaps(fault, at, after)];
            case FaultKind.Loss:
                return [(own, at, end, false), ("silent", at, after, true)];
            case FaultKind.Reordering:
                return [(own, at, end, false), ("loss", at, after, true), ("jitter", at, after, true), ("latency", at, after, true), ("silent", at, after, true)];
            case FaultKind.ClockStep:
                return [(own, at, at + Moment, false), ("offset", at, lasted, true), ("step", end, end + Moment, true)];
            case FaultKind.ClockOffset:
                return [(own, at, end, false), ("step", at, at + Moment, true), ("restarted", at, after, true)];
            case FaultKind.ClockDrift:
                return [(own, at, end, false), ("offset", at, lasted, true)];
            case FaultKind.AgentStall:
                return [(own, at, end, false), ("silent", at, after, true), ("latency", at, after, true)];
            case FaultKind.AgentPause or FaultKind.AgentRestart or FaultKind.AgentDisk:
                return [(own, at, end, true), ("restarted", at, after, true), ("latency", at, after, true), ("jitter", at, after, true)];
            default:
                return [(own, at, end, false)];
        }
    }

    /// <summary>A delay of this size leaves gaps that are silences, with a stream's own period on top.</summary>
    private static IEnumerable<(string What, TimeSpan From, TimeSpan To, bool IsOptional)> Gaps(Fault fault, TimeSpan from, TimeSpan to) =>
        fault.Value >= LeavesGapsMs ? [("silent", from, to, true), ("burst", from, to, true)] : [];
}

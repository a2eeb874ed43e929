using FieldNet.Detection.Radio;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds congestion: at a cell, or at a slice when its terminals alone wait, or its own share of the resource blocks is used up.</summary>
internal static class CongestionRule
{
    /// <summary>A slice's share of resource blocks in a report's measures: <c>RRU.PrbUsedDl</c> and the like, 0 to 1 or percent, <c>slice=NAME</c>.</summary>
    private const string BlocksUsed = "RRU.Prb";

    public static void Take(in RuleContext context, NetworkReport report)
    {
        var network = context.Ward.Network;
        foreach (var measure in report.Measures ?? [])
        {
            if (measure.Of.StartsWith("slice=", StringComparison.Ordinal) && measure.Name.StartsWith(BlocksUsed, StringComparison.Ordinal)
                && NetworkPlaces.Slice(network, SliceState.NameOf(measure.Of[6..])) is >= 0 and var named)
            {
                (network.Slices[named].BlockShare, network.Slices[named].BlockShareUs) = (measure.Value > 1 ? measure.Value / 100 : measure.Value, context.NowUs);
            }
        }

        for (var index = 0; index < network.Cells.Count; index++)
        {
            if (network.Cells[index].Source == report.Source && network.Cells[index].ReportedUs == context.NowUs)
            {
                Observe(context, network.Cells[index], index);
            }
        }

        for (var index = 0; index < network.Slices.Count; index++)
        {
            if (report.RadioUes is not null || network.Slices[index].BlockShareUs == context.NowUs)
            {
                Observe(context, network.Slices[index], index);
            }
        }
    }

    private static void Observe(in RuleContext context, CellState cell, int index)
    {
        var terminals = context.Ward.Network.Terminals.FindAll(terminal => terminal.Cell == index);
        var (share, grant, queued) = (ShareOf(cell), GrantMs(terminals), QueuedBytes(terminals));

        // When one slice waits and another on the same cell does not, the cell has room: the slice has not.
        var alone = !cell.Congested.State.IsOn && WaitingSlices(context.Ward, terminals) is { Waiting: > 0, Served: > 0 };
        if (cell.Congested.Observe(alone && share is not null ? 0 : share, grant, queued, context.NowUs))
        {
            cell.CongestedEpisode = RadioRule.Toggle(
                context, FaultNode.Cell, index, cell.CongestedEpisode, "congestion", EventSeverity.Low, EvidenceOf(share, grant, queued, terminals.Count));
        }
    }

    private static void Observe(in RuleContext context, SliceState slice, int index)
    {
        var (ward, nowUs) = (context.Ward, context.NowUs);
        var terminals = ward.Network.Terminals.FindAll(terminal => SliceOf(ward, terminal) == index);
        var (grant, queued) = (GrantMs(terminals), QueuedBytes(terminals));
        var own = slice.BlockShare is { } said && nowUs - slice.BlockShareUs < StepRule.StaleUs ? said : (double?)null;
        var cells = terminals.Select(terminal => terminal.Cell).Distinct().ToArray();
        var others = ward.Network.Terminals.FindAll(terminal => cells.Contains(terminal.Cell) && SliceOf(ward, terminal) is >= 0 and var other && other != index);
        var onlyIt = others.Count > 0 && !Congestion.IsWaiting(GrantMs(others), QueuedBytes(others));
        var fullest = cells.Max(cell => ShareOf(ward.Network.Cells[cell]));
        if (slice.Congested.Observe(own ?? (fullest is null ? null : onlyIt ? fullest : 0), grant, queued, nowUs))
        {
            slice.CongestedEpisode = RadioRule.Toggle(
                context, FaultNode.Slice, index, slice.CongestedEpisode, "congestion", EventSeverity.Low, EvidenceOf(own ?? fullest, grant, queued, terminals.Count));
        }
    }

    private static (int Waiting, int Served) WaitingSlices(WardState ward, List<TerminalState> terminals)
    {
        var (waiting, served) = (0, 0);
        foreach (var slice in terminals.Select(terminal => SliceOf(ward, terminal)).Where(slice => slice >= 0).Distinct())
        {
            var its = terminals.FindAll(terminal => SliceOf(ward, terminal) == slice);
            var waits = Congestion.IsWaiting(GrantMs(its), QueuedBytes(its));
            (waiting, served) = waits ? (waiting + 1, served) : (waiting, served + 1);
        }

        return (waiting, served);
    }

    private static int SliceOf(WardState ward, TerminalState terminal) => terminal.Gateway >= 0 ? ward.Network.Gateways[terminal.Gateway].Slice : -1;

    private static double? ShareOf(CellState cell) => cell.Facts is not { } facts ? null
        : facts.PrbDlShare is null ? facts.PrbUlShare
        : facts.PrbUlShare is null ? facts.PrbDlShare : Math.Max(facts.PrbDlShare.Value, facts.PrbUlShare.Value);

    /// <summary>Mean of those that say it; null when none does.</summary>
    private static double? GrantMs(List<TerminalState> terminals) => terminals.Average(terminal => terminal.Facts.SchedulingRequestDelayMs);

    private static double? QueuedBytes(List<TerminalState> terminals) => terminals.Average(terminal =>
        terminal.Facts.DlBufferBytes is null && terminal.Facts.UlBufferBytes is null ? null : (double?)((terminal.Facts.DlBufferBytes ?? 0) + (terminal.Facts.UlBufferBytes ?? 0)));

    private static Evidence[] EvidenceOf(double? share, double? grant, double? queued, int terminals) => [
        .. RadioRule.Known("resource_block_share", share), .. RadioRule.Known("scheduling_request_delay_ms", grant), .. RadioRule.Known("queued_bytes", queued),
        new("terminals", (long)terminals)];
}

using System.Globalization;
using FieldNet.Detection.Identity;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Follows the terminals on the air and infers which gateway each of them is.</summary>
internal static class TerminalRule
{
    /// <summary>A terminal that its gNB has not named for so long has left, whether or not we heard of it.</summary>
    private const long GoneUs = 5_000_000;

    public static void Take(in RuleContext context, NetworkReport report)
    {
        if (report.RadioUes is null && report.RadioEvents is null)
        {
            return;
        }

        var (network, nowUs) = (context.Ward.Network, context.NowUs);
        foreach (var happened in report.RadioEvents ?? [])
        {
            Note(network, happened, nowUs, report.Source);
        }

        foreach (var facts in report.RadioUes ?? [])
        {
            if (Find(network, facts.Pci, facts.Rnti, report.Source) is { } terminal)
            {
                (terminal.Facts, terminal.ReportedUs) = (facts, nowUs);
                terminal.Volume.Add(facts.UlBitPerS ?? 0);
            }
        }

        network.Terminals.RemoveAll(terminal => terminal.Source == report.Source && nowUs - terminal.ReportedUs > GoneUs);
        foreach (var cell in network.Terminals.Where(terminal => terminal.Source == report.Source).Select(terminal => terminal.Cell).Distinct().ToArray())
        {
            Match(context, cell, report.Source);
        }

        UplinkRule.Take(context, report);
    }

    private static void Note(NetworkState network, RadioUeEvent happened, long nowUs, string source)
    {
        switch (happened.What)
        {
            case "create" when Find(network, happened.Pci, happened.Rnti, source) is { } terminal:
                // The same number given anew is another attachment.
                (terminal.AttachedUs, terminal.ReportedUs, terminal.Gateway, terminal.Score) = (nowUs, nowUs, -1, 0);
                terminal.Volume.Clear();
                break;
            case "remove":
                network.Terminals.RemoveAll(terminal => terminal.Source == source && terminal.Facts.Pci == happened.Pci && terminal.Facts.Rnti == happened.Rnti);
                break;
        }
    }

    /// <summary>The terminal of an RNTI, new if need be; null when there are too many.</summary>
    private static TerminalState? Find(NetworkState network, uint pci, uint rnti, string source)
    {
        var terminal = network.Terminals.Find(candidate => candidate.Source == source && candidate.Facts.Pci == pci && candidate.Facts.Rnti == rnti);
        var cell = terminal?.Cell ?? CellRule.Find(network, pci, source);
        if (terminal is null && cell >= 0 && network.Terminals.Count < WardLimits.Terminals)
        {
            terminal = new TerminalState { Cell = cell, Source = source, Facts = new RadioUeFacts { Pci = pci, Rnti = rnti } };
            network.Terminals.Add(terminal);
        }

        return terminal;
    }

    /// <summary>Pairs terminals and gateways of a cell where one pair fits clearly better than any other of both.</summary>
    private static void Match(in RuleContext context, int cell, string source)
    {
        var (ward, nowUs) = (context.Ward, context.NowUs);
        var terminals = ward.Network.Terminals.FindAll(terminal => terminal.Cell == cell);
        var gateways = ward.Network.Gateways.FindAll(gateway => gateway.Cell == cell && gateway.Device >= 0);
        gateways.ForEach(gateway => Measure(ward, gateway, nowUs));

        var alone = terminals.Count == 1 && gateways.Count == 1;
        var scores = new double[terminals.Count, gateways.Count];
        for (var t = 0; t < terminals.Count; t++)
        {
            for (var g = 0; g < gateways.Count; g++)
            {
                scores[t, g] = TerminalMatch.Score(terminals[t].AttachedUs, gateways[g].AttachedUs, terminals[t].Volume, gateways[g].Volume, alone);
            }
        }

        for (var t = 0; t < terminals.Count; t++)
        {
            var terminal = terminals[t];
            if (terminal.Gateway >= 0 && ward.Network.Gateways[terminal.Gateway].Cell != cell)
            {
                (terminal.Gateway, terminal.Score) = (-1, 0);
            }

            // A pair once found stands, though the volumes of a quiet minute no longer show it, until another one fits clearly better.
            if (BestOf(scores, t) is { } best && scores[t, best] > terminal.Score + (terminal.Gateway >= 0 && gateways[best].Index != terminal.Gateway ? TerminalMatch.Margin : 0))
            {
                ward.Network.Terminals.ForEach(other => other.Gateway = other != terminal && other.Gateway == gateways[best].Index ? -1 : other.Gateway);
                (terminal.Gateway, terminal.Score) = (gateways[best].Index, scores[t, best]);
            }

            if (terminal.Gateway >= 0)
            {
                var rnti = string.Create(CultureInfo.InvariantCulture, $"0x{terminal.Facts.Rnti:x4}");
                StepRule.Say(nowUs, ward.Network.Gateways[terminal.Gateway], GatewayStep.Rnti, rnti, TerminalMatch.Confidence(terminal.Score), source);
            }
        }
    }

    private static int? BestOf(double[,] scores, int terminal)
    {
        var best = -1;
        for (var g = 0; g < scores.GetLength(1); g++)
        {
            best = best < 0 || scores[terminal, g] > scores[terminal, best] ? g : best;
        }

        if (best < 0 || scores[terminal, best] < TerminalMatch.Enough)
        {
            return null;
        }

        var line = scores[terminal, best] - TerminalMatch.Margin;
        for (var g = 0; g < scores.GetLength(1); g++)
        {
            if (g != best && scores[terminal, g] > line)
            {
                return null;
            }
        }

        for (var t = 0; t < scores.GetLength(0); t++)
        {
            if (t != terminal && scores[t, best] > line)
            {
                return null;
            }
        }

        return best;
    }

    /// <summary>What came from behind a gateway since the last report of its cell.</summary>
    private static void Measure(WardState ward, GatewayState gateway, long nowUs)
    {
        if (gateway.VolumeUs == nowUs)
        {
            return;
        }

        var bytes = ward.Devices.Sum(device => device.Path.Over == gateway.Index ? device.Bytes : 0);
        if (gateway.VolumeUs > 0 && bytes >= gateway.VolumeBytes)
        {
            gateway.Volume.Add((bytes - gateway.VolumeBytes) * 8e6 / (nowUs - gateway.VolumeUs));
        }

        (gateway.VolumeBytes, gateway.VolumeUs) = (bytes, nowUs);
    }
}

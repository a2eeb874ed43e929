using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Takes what a source of the 5G side said.</summary>
internal static class NetworkRule
{
    public static void Apply(in RuleContext context, in LogRecord record)
    {
        if (NetworkReport.FromJson(record.Payload) is not { Source.Length: > 0 and <= WardLimits.IdentityText } report
            || SourceOf(context.Ward.Network, report) is not { } source)
        {
            return;
        }

        source.SinceUs = source.ReportedUs == 0 || source.Reached != report.Reached ? context.NowUs : source.SinceUs;
        (source.ReportedUs, source.Reached, source.Kind, source.Error) = (context.NowUs, report.Reached, report.Kind, report.Error ?? "");
        if (!report.Reached)
        {
            return;
        }

        (source.Newest, source.AnsweredUs) = (Bounded(report), context.NowUs);
        CellRule.Take(context, source.Newest);
        TerminalRule.Take(context, source.Newest);
        CongestionRule.Take(context, source.Newest);
        CoreRule.Take(context, source.Newest);
    }

    private static SourceState? SourceOf(NetworkState network, NetworkReport report)
    {
        var source = network.Sources.Find(candidate => candidate.Name == report.Source);
        if (source is null && network.Sources.Count < WardLimits.NetworkSources)
        {
            source = new SourceState { Name = report.Source };
            network.Sources.Add(source);
        }

        return source;
    }

    /// <summary>A report stays in the state and in each checkpoint: its lists have an end.</summary>
    private static NetworkReport Bounded(NetworkReport report) => report with
    {
        Cells = Bounded(report.Cells, WardLimits.Cells),
        RadioUes = Bounded(report.RadioUes, WardLimits.Terminals),
        RadioEvents = Bounded(report.RadioEvents, WardLimits.Terminals),
        Subscribers = Bounded(report.Subscribers, WardLimits.ReportEntries),
        Sessions = Bounded(report.Sessions, WardLimits.ReportEntries),
        Gnbs = Bounded(report.Gnbs, WardLimits.Cells),
        Measures = Bounded(report.Measures, WardLimits.ReportEntries),
    };

    private static IReadOnlyList<T>? Bounded<T>(IReadOnlyList<T>? list, int most)
        where T : class => list is null ? null : list.Count <= most && !list.Contains(null!) ? list : [.. list.Where(entry => entry is not null).Take(most)];
}

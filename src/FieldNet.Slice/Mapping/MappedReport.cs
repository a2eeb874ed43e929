using System.Globalization;
using FieldNet.Slice.Core;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Mapping;

/// <summary>Makes a report of a Prometheus page by the rules of a mapping file.</summary>
internal static class MappedReport
{
    public static NetworkReport Of(string source, NetworkSourceKind kind, IReadOnlyList<MappingRule> rules, MetricsPage page)
    {
        CoreFacts? core = null;
        var cells = new SortedDictionary<uint, CellFacts>();
        var measures = new List<NetworkMeasure>();
        foreach (var rule in rules)
        {
            foreach (var (of, value) in Values(rule, page))
            {
                if (MappedFields.TrySet(rule.To, value, ref core))
                {
                    continue;
                }

                if (!MappedFields.IsField(rule.To))
                {
                    measures.Add(new NetworkMeasure(rule.To, of.Length > 0 ? $"{rule.Of}={of}" : "", value));
                }
                else if ((rule.Pci ?? CellId(of)) is { } pci)
                {
                    cells[pci] = MappedFields.Set(rule.To, value, cells.GetValueOrDefault(pci) ?? new CellFacts { Pci = pci });
                }
            }
        }

        var (keptCells, cellsOut) = ReportLimits.Keep(cells.Values, ReportLimits.Cells);
        var (keptMeasures, measuresOut) = ReportLimits.Keep(measures, ReportLimits.Measures);
        return new NetworkReport
        {
            Source = source,
            Kind = kind,
            Core = core,
            Cells = keptCells.Count > 0 ? keptCells : null,
            Measures = keptMeasures.Count > 0 ? keptMeasures : null,
            LeftOut = cellsOut + measuresOut is var leftOut and > 0 ? leftOut : null,
        };
    }

    private static uint? CellId(string label) => uint.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var pci) ? pci : null;

    /// <summary>One value per word of the rule's label, in the order of the page; none where no series matches.</summary>
    private static IEnumerable<(string Of, double Value)> Values(MappingRule rule, MetricsPage page) =>
        from sample in page.Samples
        where sample.Name == rule.Metric && double.IsFinite(sample.Value) && rule.Labels.All(label => sample.Label(label.Key) == label.Value)
        group sample.Value * rule.Factor by rule.Of is null ? "" : sample.Label(rule.Of) ?? "" into series
        select (series.Key, rule.Combine switch
        {
            Combination.Least => series.Min(),
            Combination.Greatest => series.Max(),
            Combination.Mean => series.Average(),
            _ => series.Sum(),
        });
}

using System.Globalization;
using System.Text;

namespace FieldNet.Dashboard.Metrics;

/// <summary>Writes metrics in Prometheus' text format.</summary>
/// <remarks>Source: Prometheus, "Exposition formats", text format 0.0.4.</remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            if (family.Help.Length > 0)
            {
                text.Append($"# HELP {family.Name} {EscapeHelp(family.Help)}\n");
            }

            text.Append($"# TYPE {family.Name} {family.Kind.ToString().ToLowerInvariant()}\n");
            foreach (var (series, labels) in family.Series.Select(series => (series, Labels(series.Tags))).OrderBy(pair => pair.Item2, StringComparer.Ordinal))
            {
                if (family.Kind == MetricKind.Histogram)
                {
                    WriteHistogram(text, family, series, labels);
                }
                else
                {
                    WriteSample(text, family.Name, labels, series.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, MetricSeries series, string labels)
    {
        var (sum, buckets) = series.Histogram();
        var comma = labels.Length > 0 ? "," : "";
        var count = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            WriteSample(text, family.Name + "_bucket", $"{labels}{comma}le=\"{bound}\"", count);
        }

        WriteSample(text, family.Name + "_sum", labels, sum);
        WriteSample(text, family.Name + "_count", labels, count);
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(Number(value)).Append('\n');

    private static string Labels(TagSet tags) =>
        string.Join(',', tags.Labels.Select(label => $"{MetricName.Label(label.Name)}=\"{EscapeLabel(label.Value)}\""));

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapeHelp(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}

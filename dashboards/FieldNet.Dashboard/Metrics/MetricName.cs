namespace FieldNet.Dashboard.Metrics;

/// <summary>An instrument's name in the exposition: <c>fieldnet.log.commit</c> in <c>s</c> becomes <c>fieldnet_log_commit_seconds</c>.</summary>
/// <remarks>Source: OpenTelemetry's rules for Prometheus names; Prometheus, "Metric and label naming".</remarks>
internal static class MetricName
{
    public static string Of(string name, string? unit, MetricKind kind)
    {
        var text = Label(name);
        if (kind == MetricKind.Counter && text.EndsWith("_total", StringComparison.Ordinal))
        {
            text = text[..^"_total".Length];
        }

        var suffix = Suffix(unit, kind);
        if (suffix.Length > 0 && !text.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            text = $"{text}_{suffix}";
        }

        return kind == MetricKind.Counter ? text + "_total" : text;
    }

    /// <summary>A name in which only letters, digits and <c>_</c> are left.</summary>
    public static string Label(string name)
    {
        var text = string.Create(name.Length, name, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
            }
        });
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }

    private static string Suffix(string? unit, MetricKind kind) => unit switch
    {
        null or "" => "",
        ['{', ..] => "",
        "1" => kind == MetricKind.Gauge ? "ratio" : "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "By" => "bytes",
        "%" => "percent",
        "Cel" => "celsius",
        _ => Label(unit).Trim('_'),
    };
}

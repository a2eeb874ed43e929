using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FieldNet.Edge.Verbs;

/// <summary>Points in a capture's time, as <c>replay</c> and <c>cut</c> take them.</summary>
internal static class TimeOptions
{
    public static Option<DateTimeOffset?> From(string description) => Time("--from", description);

    public static Option<DateTimeOffset?> To(string description) => Time("--to-time", description);

    public static long ToUs(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description + " ISO 8601; without an offset UTC.",
        HelpName = "2026-03-01T08:00:00Z",
        CustomParser = Parse,
    };

    private static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && text.Contains('-', StringComparison.Ordinal))
        {
            return time;
        }

        result.AddError($"'{text}' is no time; write 2026-03-01T08:00:00Z.");
        return null;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FieldNet.Edge.Verbs;

/// <summary>Options that several verbs share, made anew for each.</summary>
internal static class VerbOptions
{
    /// <summary>A timer holds 49.7 days. A minute more than the sentence says, since a demo lets its bedsides last a little longer than itself.</summary>
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(49) + TimeSpan.FromMinutes(1);

    public static Option<int> Port() => InRange("--port", "HTTP port of the wall; 0 takes a free one.", 8080, 0, 65_535);

    public static Option<int> MqttPort() => InRange("--mqtt-port", "MQTT port; 0 takes a free one.", 1883, 0, 65_535);

    public static Option<int?> MqttsPort()
    {
        var option = new Option<int?>("--mqtts-port") { Description = "Port of MQTT over TLS; 0 takes a free one. Default: 8883, or a free one where --mqtt-port is given.", HelpName = "PORT" };
        option.Validators.Add(result => RequireRange(result, "--mqtts-port", 0, 65_535));
        return option;
    }

    public static Option<string> Listen() => new("--listen")
    {
        Description = "Address to listen on. Other machines reach FieldNet only if you give one of this machine's addresses, or 0.0.0.0.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    public static Option<string?> Data(string description) => new("--data") { Description = description, HelpName = "DIR" };

    public static Option<string?> Captures() => new("--captures") { Description = "Folder of data folders that the replay page offers beside the agent's own log. Default: captures in the data folder.", HelpName = "DIR" };

    public static Option<string?> Events() => new("--events") { Description = "Where to write the events, one JSON object a line. Default: events.jsonl in the data folder.", HelpName = "OUT.jsonl" };

    public static Option<string?> Json() => new("--json") { Description = "Write the report as one JSON object; - is standard output.", HelpName = "FILE" };

    public static Option<TimeSpan?> For() => Duration("--for", "Stop by itself after this long (60s, 5m, 1h).");

    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "60s",
        CustomParser = ParseDuration,
    };

    public static Option<int> InRange(string name, string description, int preset, int lowest, int highest)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => preset };
        option.Validators.Add(result => RequireRange(result, name, lowest, highest));
        return option;
    }

    private static void RequireRange(OptionResult result, string name, int lowest, int highest)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && (value < lowest || value > highest))
        {
            result.AddError($"{name} must lie between {lowest} and {highest}; {value} does not.");
        }
    }

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? 0.001 : text.LastOrDefault() switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        var number = text.TrimEnd('m', 's', 'h');
        if (unit > 0 && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            if (value * unit <= LongestDuration.TotalSeconds)
            {
                return TimeSpan.FromSeconds(value * unit);
            }

            result.AddError($"'{text}' is too long a duration; give at most 49 days (1176h), or none to go on until stopped.");
            return null;
        }

        result.AddError($"'{text}' is not a duration; write 500ms, 60s, 5m or 1h.");
        return null;
    }
}

using System.Globalization;
using FieldNet.Edge.Verbs;
using FieldNet.Ward;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FieldNet.Edge.Site;

/// <summary>Reads <c>site.yaml</c>: the ward's limits, for <c>serve</c> and for <c>replay --config</c> alike.</summary>
/// <remarks>
/// Shape: <c>ages</c> and <c>link</c>, each with the keys below, all optional (docs/operations.md lists them). A key that is not known is
/// refused: a limit that is misspelt must not silently be another one. Errors: <see cref="BadArgumentException"/>, one sentence with the line.
/// </remarks>
internal static class SiteFile
{
    private const double Second = 1_000_000;

    /// <summary>Each key with its bounds: what a ward may loosen (P2) ends where a value would look live for too long.</summary>
    private static readonly Dictionary<string, (double Lowest, double Highest, Func<WardOptions, double, WardOptions> Set)> Keys = new(StringComparer.Ordinal)
    {
        ["ages.wave_blank_s"] = Age(0.5, 5, (ages, us) => ages with { WaveBlankUs = us }),
        ["ages.device_lost_s"] = Age(2, 30, (ages, us) => ages with { DeviceLostUs = us }),
        ["ages.alarms_only_lost_s"] = Age(10, 120, (ages, us) => ages with { AlarmsOnlyLostUs = us }),
        ["ages.condition_unconfirmed_s"] = Age(10, 120, (ages, us) => ages with { ConditionUnconfirmedUs = us }),
        ["ages.return_after_agent_s"] = Age(1, 120, (ages, us) => ages with { ReturnAfterAgentUs = us }),
        ["ages.stream_ended_s"] = Age(15, 600, (ages, us) => ages with { StreamEndedUs = us }),
        ["ages.late_at_least_s"] = Age(0.5, 10, (ages, us) => ages with { LateAtLeastUs = us }),
        ["ages.remove_at_least_s"] = Age(1, 10, (ages, us) => ages with { RemoveAtLeastUs = us }),
        ["ages.remove_at_most_s"] = Age(2, 30, (ages, us) => ages with { RemoveAtMostUs = us }),
        ["link.loss_on"] = Link(0.0001, 1, (link, share) => link with { LossOn = share }),
        ["link.loss_off"] = Link(0, 1, (link, share) => link with { LossOff = share }),
        ["link.delay_on_ms"] = Link(1, 60_000, (link, ms) => link with { DelayOnMs = ms }),
        ["link.delay_off_ms"] = Link(0, 60_000, (link, ms) => link with { DelayOffMs = ms }),
        ["link.hold_s"] = Link(0, 60, (link, s) => link with { HoldUs = (long)(s * Second) }),
    };

    /// <param name="path">Null for the defaults.</param>
    public static WardOptions Read(string? path)
    {
        if (path is null)
        {
            return WardOptions.Default;
        }

        try
        {
            using var text = File.OpenText(path);
            return Parse(path, text);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"the configuration {path} can't be read: {cause.Message}");
        }
        catch (YamlException wrong)
        {
            throw new BadArgumentException($"{path}, line {wrong.Start.Line}: this is no YAML: {wrong.Message}");
        }
    }

    private static WardOptions Parse(string path, TextReader text)
    {
        var yaml = new YamlStream();
        yaml.Load(text);
        var options = WardOptions.Default;
        foreach (var (name, section) in yaml.Documents.Count == 0 ? [] : Entries(path, "", yaml.Documents[0].RootNode))
        {
            if (!Keys.Keys.Any(key => key.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                throw Wrong(path, section, $"'{name}' is no section; there are ages and link");
            }

            foreach (var (key, value) in Entries(path, name, section))
            {
                options = Set(path, options, $"{name}.{key}", value);
            }
        }

        return Checked(path, options);
    }

    private static IEnumerable<(string Key, YamlNode Value)> Entries(string path, string of, YamlNode node)
    {
        if (node is YamlScalarNode { Value: null or "" })
        {
            return [];
        }

        return node is YamlMappingNode mapping
            ? mapping.Children.Select(child => (child.Key is YamlScalarNode { Value: { } key } ? key : throw Wrong(path, child.Key, "a key is a word"), child.Value))
            : throw Wrong(path, node, of.Length == 0 ? "the file has keys with values, such as ages:" : $"'{of}' has keys with values below it");
    }

    private static WardOptions Set(string path, WardOptions options, string key, YamlNode value)
    {
        if (!Keys.TryGetValue(key, out var known))
        {
            var section = key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)];
            throw Wrong(path, value, $"'{key}' is no key; there are {string.Join(", ", Keys.Keys.Where(other => other.StartsWith(section, StringComparison.Ordinal)))}");
        }

        return value is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= known.Lowest && number <= known.Highest
            ? known.Set(options, number)
            : throw Wrong(path, value, string.Create(CultureInfo.InvariantCulture, $"{key} is a number from {known.Lowest} to {known.Highest}; '{value}' is none"));
    }

    private static WardOptions Checked(string path, WardOptions options)
    {
        var (ages, link) = (options.Ages, options.Link);
        var wrong = link.LossOff >= link.LossOn ? "link.loss_off must lie below link.loss_on"
            : link.DelayOffMs >= link.DelayOnMs ? "link.delay_off_ms must lie below link.delay_on_ms"
            : ages.RemoveAtLeastUs > ages.RemoveAtMostUs ? "ages.remove_at_least_s must not lie above ages.remove_at_most_s"
            : ages.LateAtLeastUs > ages.RemoveAtLeastUs ? "ages.late_at_least_s must not lie above ages.remove_at_least_s"
            : null;
        return wrong is null ? options : throw new BadArgumentException($"{path}: {wrong}.");
    }

    private static BadArgumentException Wrong(string path, YamlNode at, string sentence) => new($"{path}, line {at.Start.Line}: {sentence}.");

    private static (double, double, Func<WardOptions, double, WardOptions>) Age(double lowestS, double highestS, Func<AgeLimits, long, AgeLimits> set) =>
        (lowestS, highestS, (options, s) => options with { Ages = set(options.Ages, (long)Math.Round(s * Second)) });

    private static (double, double, Func<WardOptions, double, WardOptions>) Link(double lowest, double highest, Func<LinkLimits, double, LinkLimits> set) =>
        (lowest, highest, (options, value) => options with { Link = set(options.Link, value) });
}

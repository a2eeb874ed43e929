using System.Globalization;
using FieldNet.Edge.Verbs;
using FieldNet.Ward;
using YamlDotNet.RepresentationModel;

namespace FieldNet.Edge.Site;

/// <summary>The sections <c>ages</c> and <c>link</c> of a site file: limits of the ward's rules, each with its bounds.</summary>
internal static class LimitKeys
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

    public static bool Has(string section) => Keys.Keys.Any(key => key.StartsWith(section + ".", StringComparison.Ordinal));

    public static WardOptions Set(SiteYaml file, WardOptions options, string key, YamlNode value)
    {
        if (!Keys.TryGetValue(key, out var known))
        {
            var section = key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)];
            throw file.Wrong(value, $"'{key}' is no key; there are {string.Join(", ", Keys.Keys.Where(other => other.StartsWith(section, StringComparison.Ordinal)))}");
        }

        return value is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= known.Lowest && number <= known.Highest
            ? known.Set(options, number)
            : throw file.Wrong(value, string.Create(CultureInfo.InvariantCulture, $"{key} is a number from {known.Lowest} to {known.Highest}; '{value}' is none"));
    }

    public static WardOptions Checked(SiteYaml file, WardOptions options)
    {
        var (ages, link) = (options.Ages, options.Link);
        var wrong = link.LossOff >= link.LossOn ? "link.loss_off must lie below link.loss_on"
            : link.DelayOffMs >= link.DelayOnMs ? "link.delay_off_ms must lie below link.delay_on_ms"
            : ages.RemoveAtLeastUs > ages.RemoveAtMostUs ? "ages.remove_at_least_s must not lie above ages.remove_at_most_s"
            : ages.LateAtLeastUs > ages.RemoveAtLeastUs ? "ages.late_at_least_s must not lie above ages.remove_at_least_s"
            : null;
        return wrong is null ? options : throw new BadArgumentException($"{file.Path}: {wrong}.");
    }

    private static (double, double, Func<WardOptions, double, WardOptions>) Age(double lowestS, double highestS, Func<AgeLimits, long, AgeLimits> set) =>
        (lowestS, highestS, (options, s) => options with { Ages = set(options.Ages, (long)Math.Round(s * Second)) });

    private static (double, double, Func<WardOptions, double, WardOptions>) Link(double lowest, double highest, Func<LinkLimits, double, LinkLimits> set) =>
        (lowest, highest, (options, value) => options with { Link = set(options.Link, value) });
}

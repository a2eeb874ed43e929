using System.Globalization;
using FieldNet.Dashboard.Feed;
using FieldNet.Telemetry.Ingress;

namespace FieldNet.Dashboard.Health;

/// <summary>Whether the pages have anything fresh to show.</summary>
internal sealed class FeedHealth(WardFeed feed, ILogClock clock) : IHealthSource
{
    /// <summary>The pages call themselves frozen by then (contract: within 5 s).</summary>
    private const long SilentUs = 5_000_000;

    public string Name => "stream";

    public IReadOnlyList<string> Reasons => feed.PublishedUs switch
    {
        null => ["The ward processor has not published anything yet."],
        { } us when clock.NowUs - us is > SilentUs and var age =>
            [string.Create(CultureInfo.InvariantCulture, $"The ward processor has published nothing for {age / 1_000_000} s.")],
        _ => [],
    };
}

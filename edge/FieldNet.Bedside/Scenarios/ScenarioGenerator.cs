using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Makes scenarios: a ward, recorded delays as its paths, and faults of every kind. The same seed and number, the same scenario.</summary>
public sealed class ScenarioGenerator
{
    /// <summary>Scenarios follow one another in time, so that the events of all make one file.</summary>
    private const long FirstUs = 1_795_000_000_000_000, EveryUs = 3_600_000_000;

    /// <summary>A recording that is out of its own usual for more of its time is wild: there a fault and its background can't be told apart.</summary>
    private const double MostOut = 0.3;

    /// <summary>A detector has this long to learn what is usual; then the first fault.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(180);

    private const double WildShare = 0.3;

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    private readonly int _seed;
    private readonly IReadOnlyList<DelayTrace> _traces, _steady, _wild;

    /// <param name="seed">Of everything that is drawn.</param>
    /// <param name="traces">Backgrounds.</param>
    public ScenarioGenerator(int seed, IReadOnlyList<DelayTrace> traces)
    {
        (_seed, _traces) = (seed, traces);
        DelayTrace[] byShare = [.. traces.OrderBy(NaturalExcursions.ShareOf)];
        int steady = Math.Max((traces.Count + 1) / 2, byShare.Count(trace => NaturalExcursions.ShareOf(trace) <= MostOut));
        (_steady, _wild) = (byShare[..steady], byShare[steady..]);
    }

    /// <summary>Over it quiet means quiet: of a wild recording nobody can say what is a false finding.</summary>
    public bool IsSteady(DelayTrace trace) => _steady.Contains(trace);

    public Scenario Make(int number)
    {
        var random = RandomExtensions.Fork(_seed, number, 50);
        var layout = SiteDrawing.Draw(random, beds: random.Next(6, 17));
        var paths = Paths(layout, random);
        var draw = new FaultDrawing(layout, paths, random);
        var faults = draw.Draw(WarmUp);
        var end = faults.Count == 0 ? WarmUp + TimeSpan.FromSeconds(90) : faults.Max(fault => fault.End) + Recovery;
        return new Scenario(_seed, number, FirstUs + number * EveryUs, end, layout, paths, faults);
    }

    /// <summary>A ward in which nothing is wrong, all of it over one background.</summary>
    public Scenario Quiet(int number, int background, TimeSpan lasting, int beds)
    {
        var random = RandomExtensions.Fork(_seed, number, 51);
        var layout = SiteDrawing.Draw(random, beds);
        var trace = _traces[background];
        PlayedDelay[] paths = [.. layout.Gateways.Select(_ => new PlayedDelay(trace, random.NextInt64(2 * trace.DurationUs)))];
        return new Scenario(_seed, number, FirstUs + number * EveryUs, lasting, layout, paths, []);
    }

    private PlayedDelay[] Paths(SiteLayout layout, Random random)
    {
        // One site has one kind of path, mostly; a few of its gateways stand where it is another, and now and then one where it is bad.
        var usual = random.Pick(_steady);
        int bad = _wild.Count > 0 && random.NextDouble() < WildShare ? random.Next(layout.Gateways.Count) : -1;
        return [.. layout.Gateways.Select((_, n) =>
        {
            var trace = n == bad ? random.Pick(_wild) : random.NextDouble() < 0.6 ? usual : random.Pick(_steady);
            return new PlayedDelay(trace, random.NextInt64(2 * trace.DurationUs));
        })];
    }
}

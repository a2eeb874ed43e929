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

    /// <summary>A detector has this long to learn what is usual; then the first fault.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    private readonly int _seed;
    private readonly IReadOnlyList<DelayTrace> _traces;

    /// <param name="seed">Of everything that is drawn.</param>
    /// <param name="traces">Backgrounds.</param>
    public ScenarioGenerator(int seed, IReadOnlyList<DelayTrace> traces) => (_seed, _traces) = (seed, traces);

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
        // One site has one kind of path, mostly; a few of its gateways stand where it is another.
        var usual = random.Pick(_traces);
        return [.. layout.Gateways.Select(_ =>
        {
            var trace = random.NextDouble() < 0.6 ? usual : random.Pick(_traces);
            return new PlayedDelay(trace, random.NextInt64(2 * trace.DurationUs));
        })];
    }
}

using FieldNet.Detection.Links;

namespace FieldNet.LoadBench.Figures;

/// <summary>One device's delays, five a second, as the ward judges them: the median of each second.</summary>
/// <remarks>Units: milliseconds.</remarks>
internal sealed class LinkSecond(SeededNoise noise)
{
    private const int PerSecond = 5;

    private readonly SecondOfDelays _delays = new(), _differences = new();
    private Jitter _jitter;

    /// <summary>Half of what two thirds of <see cref="SeededNoise.DelayMs"/> lie within.</summary>
    public const double SpreadMs = 3.1;

    /// <param name="extraMs">What each message takes longer than usual.</param>
    /// <returns>Medians of the delays and of the differences between consecutive ones.</returns>
    public (double DelayMs, double DifferenceMs) Next(int second, Func<double> extraMs)
    {
        for (var i = 0; i < PerSecond; i++)
        {
            var delayUs = (long)(1000 * (noise.DelayMs() + extraMs()));
            _delays.Add(delayUs);
            if (_jitter.Observe(delayUs, (second * 1_000_000L) + (i * 1_000_000L / PerSecond) + 1) is { } difference)
            {
                _differences.Add(difference);
            }
        }

        _delays.TryTake(out var delay, out _);
        _differences.TryTake(out var jitter, out _);
        return (delay / 1000.0, jitter / 1000.0);
    }
}

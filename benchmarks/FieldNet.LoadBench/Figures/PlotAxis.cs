namespace FieldNet.LoadBench.Figures;

/// <summary>Carries values to pixels, and finds round values to name.</summary>
internal sealed class PlotAxis
{
    private const int MostTicks = 8;
    private const double PixelsPerTick = 34;

    private readonly double _from;
    private readonly double _perUnit;
    private readonly double _low;
    private readonly double _high;
    private readonly bool _isLogarithmic;

    /// <param name="from">The pixel of the lowest value; <paramref name="to"/> that of the highest.</param>
    /// <param name="padding">Share of the range that stays empty at either end.</param>
    public PlotAxis(IEnumerable<double> values, double from, double to, double padding, bool isLogarithmic = false)
    {
        _isLogarithmic = isLogarithmic;
        var scaled = values.Where(value => double.IsFinite(value) && (!isLogarithmic || value > 0)).Select(Scale).DefaultIfEmpty(0).ToArray();
        var room = Math.Max(scaled.Max() - scaled.Min(), 1e-9);
        (_low, _high) = (scaled.Min() - (padding * room), scaled.Max() + (padding * room));
        (_from, _perUnit) = (from, (to - from) / (_high - _low));
    }

    public IEnumerable<double> Ticks
    {
        get
        {
            var wanted = Math.Clamp((int)(Math.Abs(_perUnit * (_high - _low)) / PixelsPerTick), 2, MostTicks);
            var rough = (_high - _low) / wanted;
            var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            var step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
            step = _isLogarithmic ? Math.Max(1, Math.Ceiling(step)) : step;
            for (var tick = Math.Ceiling(_low / step); tick * step <= _high; tick++)
            {
                yield return _isLogarithmic ? Math.Pow(10, tick * step) : (tick * step) + 0.0; // no -0
            }
        }
    }

    public double Pixel(double value) => _from + (_perUnit * (Math.Clamp(Scale(value), _low, _high) - _low));

    private double Scale(double value) => _isLogarithmic ? Math.Log10(Math.Max(value, double.Epsilon)) : value;
}

using System.Text;

namespace FieldNet.LoadBench.Figures;

/// <summary>One y axis with what is drawn over it.</summary>
internal sealed class PlotPanel(string label, double heightPixels)
{
    private const double Left = 64;
    private const double Right = 744;
    private const double LegendPixelsPerLetter = 6.6;

    private readonly List<(string Name, Ink Ink, Shape Shape, IReadOnlyList<(double X, double Y)> Points)> _marks = [];
    private readonly List<(string Name, Ink Ink, double Y)> _levels = [];
    private readonly List<double> _extremes = [];
    private bool _isLogarithmic;

    private enum Shape
    {
        Line,
        Stairs,
        Dots,
        Rings,
    }

    public double HeightPixels { get; } = heightPixels;

    public IEnumerable<double> Xs => _marks.SelectMany(mark => mark.Points).Select(point => point.X);

    public PlotPanel Line(string name, Ink ink, IReadOnlyList<(double X, double Y)> points) => Add(name, ink, Shape.Line, points);

    /// <summary>A line that keeps a value until the next.</summary>
    public PlotPanel Stairs(string name, Ink ink, IReadOnlyList<(double X, double Y)> points) => Add(name, ink, Shape.Stairs, points);

    public PlotPanel Dots(string name, Ink ink, IReadOnlyList<(double X, double Y)> points) => Add(name, ink, Shape.Dots, points);

    /// <summary>Circles around points, for what was found.</summary>
    public PlotPanel Rings(string name, Ink ink, IReadOnlyList<(double X, double Y)> points) => Add(name, ink, Shape.Rings, points);

    /// <summary>A level line.</summary>
    public PlotPanel Level(string name, Ink ink, double y)
    {
        _levels.Add((name, ink, y));
        return this;
    }

    /// <summary>Shows at least this range, and cuts nothing off.</summary>
    public PlotPanel From(double low, double high)
    {
        _extremes.AddRange([low, high]);
        return this;
    }

    public PlotPanel Logarithmic()
    {
        _isLogarithmic = true;
        return this;
    }

    public void Write(StringBuilder svg, PlotAxis x, double top)
    {
        var bottom = top + HeightPixels;
        var values = _marks.SelectMany(mark => mark.Points).Select(point => point.Y).Concat(_levels.Select(level => level.Y)).Concat(_extremes);
        var y = new PlotAxis(values, bottom, top, padding: 0.06, _isLogarithmic);
        foreach (var tick in y.Ticks)
        {
            svg.Append(Plot.Text($"""<path class="g" d="M{Left} {y.Pixel(tick):0.#}H{Right}"/><text class="s" x="{Left - 6}" y="{y.Pixel(tick) + 4:0.#}" text-anchor="end">{tick:#,0.####}</text>"""));
        }

        svg.Append(Plot.Text($"""<text transform="translate(14 {(top + bottom) / 2:0.#}) rotate(-90)" text-anchor="middle">{Plot.Escape(label)}</text>""")).Append('\n');
        foreach (var (_, ink, level) in _levels)
        {
            svg.Append(Plot.Text($"""<path class="{Class(ink)}" d="M{Left} {y.Pixel(level):0.#}H{Right}"/>"""));
        }

        foreach (var (_, ink, shape, points) in _marks)
        {
            svg.Append(shape switch
            {
                Shape.Dots => Spots(points, x, y, ink),
                Shape.Rings => Circles(points, x, y, ink),
                _ => PlotPath.Of(points, x, y, shape == Shape.Stairs, Class(ink)),
            }).Append('\n');
        }

        svg.Append(Plot.Text($"""<rect class="f" x="{Left}" y="{top}" width="{Right - Left}" height="{HeightPixels}"/>"""));
        Legend(svg, top);
    }

    private static string Class(Ink ink) => ink.ToString().ToLowerInvariant();

    private static string Spots(IReadOnlyList<(double X, double Y)> points, PlotAxis x, PlotAxis y, Ink ink) =>
        string.Concat(points
            .Where(point => double.IsFinite(point.Y))
            .Select(point => Plot.Text($"M{x.Pixel(point.X):0} {y.Pixel(point.Y):0}h0"))
            .Distinct(StringComparer.Ordinal)
            .Prepend($"<path class=\"{Class(ink)} d\" d=\"")
            .Append("\"/>"));

    private static string Circles(IReadOnlyList<(double X, double Y)> points, PlotAxis x, PlotAxis y, Ink ink) =>
        string.Concat(points
            .Where(point => double.IsFinite(point.Y))
            .Select(point => Plot.Text($"""<circle class="{Class(ink)}" cx="{x.Pixel(point.X):0.#}" cy="{y.Pixel(point.Y):0.#}" r="4.5"/>""")));

    private PlotPanel Add(string name, Ink ink, Shape shape, IReadOnlyList<(double X, double Y)> points)
    {
        _marks.Add((name, ink, shape, points));
        return this;
    }

    private void Legend(StringBuilder svg, double top)
    {
        var right = Right;
        foreach (var (name, ink) in _marks.Select(mark => (mark.Name, mark.Ink)).Concat(_levels.Select(level => (level.Name, level.Ink))).Reverse())
        {
            if (name.Length > 0)
            {
                svg.Append(Plot.Text($"""<text class="{Class(ink)}" x="{right:0.#}" y="{top - 6}" text-anchor="end">{Plot.Escape(name)}</text>"""));
                right -= (name.Length * LegendPixelsPerLetter) + 16;
            }
        }

        svg.Append('\n');
    }
}

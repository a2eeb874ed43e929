using System.Text;

namespace FieldNet.LoadBench.Figures;

/// <summary>A line through points, as an SVG path: small however many points there are.</summary>
/// <remarks>Shape: of the points in one pixel column the first, the lowest, the highest and the last are kept; a value that is none breaks the line.</remarks>
internal static class PlotPath
{
    public static string Of(IReadOnlyList<(double X, double Y)> points, PlotAxis x, PlotAxis y, bool isStairs, string cssClass)
    {
        var path = new StringBuilder();
        var (isPenDown, last) = (false, "");
        for (var i = 0; i < points.Count;)
        {
            var column = (int)x.Pixel(points[i].X);
            var (first, low, high) = (i, i, i);
            for (; i < points.Count && (int)x.Pixel(points[i].X) == column && double.IsFinite(points[i].Y); i++)
            {
                low = points[i].Y < points[low].Y ? i : low;
                high = points[i].Y > points[high].Y ? i : high;
            }

            if (i == first)
            {
                (isPenDown, i) = (false, i + 1);
                continue;
            }

            foreach (var index in new SortedSet<int> { first, low, high, i - 1 })
            {
                var (px, py) = (x.Pixel(points[index].X), y.Pixel(points[index].Y));
                var at = !isPenDown ? Plot.Text($"M{px:0.#} {py:0.#}") : isStairs ? Plot.Text($"H{px:0.#}V{py:0.#}") : Plot.Text($"L{px:0.#} {py:0.#}");
                path.Append(at == last ? "" : at);
                (isPenDown, last) = (true, at);
            }
        }

        return Plot.Text($"""<path class="{cssClass}" d="{path}"/>""");
    }
}

using System.Globalization;
using System.Security;
using System.Text;

namespace FieldNet.LoadBench.Figures;

/// <summary>Panels above one another over one x axis, written as SVG.</summary>
/// <remarks>
/// Shape: text and paths with a style sheet of their own, for light and dark pages; the same input gives the same bytes.
/// Units: the caller's, named in the labels.
/// </remarks>
/// <param name="title">One sentence: what is to be seen.</param>
/// <param name="xLabel">What the x axis is, with its unit.</param>
internal sealed class Plot(string title, string xLabel)
{
    private const double Width = 760;
    private const double Left = 64;
    private const double Right = 16;
    private const double Top = 46;
    private const double Bottom = 42;
    private const double Gap = 26;

    private const string Style =
        "text{font:12px system-ui,sans-serif;fill:#333}.t{font-size:14px;font-weight:600}.s{fill:#666}"
        + ".b{fill:#fff}.g{stroke:#e4e4e4}.f{fill:none;stroke:#999}.m{fill:#b8860b;fill-opacity:.14}"
        + "path{fill:none;stroke-width:1.3;stroke-linejoin:round}"
        + ".data{stroke:#2b6cb0}.second{stroke:#7b4fa6}.baseline{stroke:#2f855a}.threshold{stroke:#c05621;stroke-dasharray:5 3}.alarm{stroke:#c81e1e}"
        + "text.data{fill:#2b6cb0}text.second{fill:#7b4fa6}text.baseline{fill:#2f855a}text.threshold{fill:#c05621}text.alarm{fill:#c81e1e}text{stroke:none!important}"
        + "circle{fill:none;stroke-width:1.6}.d{stroke-width:2.4;stroke-linecap:round}"
        + "@media(prefers-color-scheme:dark){text{fill:#ddd}.s{fill:#aaa}.b{fill:#16181d}.g{stroke:#2c2f36}.f{stroke:#777}.m{fill:#e0b040;fill-opacity:.16}"
        + ".data{stroke:#7ab8f5}.second{stroke:#c39bf0}.baseline{stroke:#6fcf97}.threshold{stroke:#f0a060}.alarm{stroke:#ff6b6b}"
        + "text.data{fill:#7ab8f5}text.second{fill:#c39bf0}text.baseline{fill:#6fcf97}text.threshold{fill:#f0a060}text.alarm{fill:#ff6b6b}}";

    private readonly List<PlotPanel> _panels = [];
    private readonly List<(double From, double To, string Text)> _spans = [];

    /// <summary>Adds a panel below the others.</summary>
    /// <param name="label">What its y axis is, with its unit.</param>
    public PlotPanel Panel(string label, double heightPixels = 150)
    {
        var panel = new PlotPanel(label, heightPixels);
        _panels.Add(panel);
        return panel;
    }

    /// <summary>Shades a stretch of the x axis: what really happened.</summary>
    public Plot Span(double from, double to, string text)
    {
        _spans.Add((from, to, text));
        return this;
    }

    public string ToSvg()
    {
        var height = Top + _panels.Sum(panel => panel.HeightPixels + Gap) - Gap + Bottom;
        var svg = new StringBuilder();
        svg.Append(Text($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="{Escape(title)}">"""));
        svg.Append(Text($"""<style>{Style}</style><rect class="b" width="{Width}" height="{height}"/><text class="t" x="{Left}" y="20">{Escape(title)}</text>""")).Append('\n');
        var x = new PlotAxis(_panels.SelectMany(panel => panel.Xs), Left, Width - Right, padding: 0);
        var top = Top;
        foreach (var panel in _panels)
        {
            Shade(svg, x, top, panel.HeightPixels);
            panel.Write(svg, x, top);
            top += panel.HeightPixels + Gap;
        }

        // Names last, so that no grid line crosses them.
        foreach (var (from, _, text) in _spans)
        {
            svg.Append(Text($"""<text class="s" x="{x.Pixel(from) + 4:0.#}" y="{Top + 14}">{Escape(text)}</text>"""));
        }

        foreach (var tick in x.Ticks)
        {
            svg.Append(Text($"""<text class="s" x="{x.Pixel(tick):0.#}" y="{height - Bottom + 16}" text-anchor="middle">{tick:#,0.####}</text>"""));
        }

        svg.Append(Text($"""<text x="{(Left + Width - Right) / 2}" y="{height - 8}" text-anchor="middle">{Escape(xLabel)}</text></svg>""")).Append('\n');
        return svg.ToString();
    }

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal static string Escape(string text) => SecurityElement.Escape(text);

    private void Shade(StringBuilder svg, PlotAxis x, double top, double height)
    {
        foreach (var (from, to, _) in _spans)
        {
            var left = x.Pixel(from);
            svg.Append(Text($"""<rect class="m" x="{left:0.#}" y="{top}" width="{Math.Max(1, x.Pixel(to) - left):0.#}" height="{height}"/>"""));
        }
    }
}

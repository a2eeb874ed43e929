using System.Globalization;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>The file name of a segment: its lane and its place among the lane's segments.</summary>
internal readonly record struct SegmentName(LogLane Lane, int Ordinal)
{
    private const string Extension = ".seg";

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(Lane)}{Ordinal:D8}{Extension}");

    public static bool IsOne(string file) => file.EndsWith(Extension, StringComparison.Ordinal);

    /// <summary>The lane's segments in the order in which they were made.</summary>
    public static List<SegmentName> Of(LogLane lane, IEnumerable<string> files)
    {
        var prefix = Prefix(lane);
        var names = new List<SegmentName>();
        foreach (var file in files)
        {
            if (file.StartsWith(prefix, StringComparison.Ordinal)
                && file.EndsWith(Extension, StringComparison.Ordinal)
                && int.TryParse(file.AsSpan(prefix.Length, file.Length - prefix.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal))
            {
                names.Add(new SegmentName(lane, ordinal));
            }
        }

        names.Sort((a, b) => a.Ordinal.CompareTo(b.Ordinal));
        return names;
    }

    private static string Prefix(LogLane lane) => lane == LogLane.Facts ? "facts-" : "waves-";
}

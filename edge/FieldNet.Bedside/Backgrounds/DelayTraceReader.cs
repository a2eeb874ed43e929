using System.Globalization;

namespace FieldNet.Bedside.Backgrounds;

/// <summary>Reads recordings of delay: the output of <c>ping</c>, and tables of one round trip a line with a header of column names (CICV5G).</summary>
/// <remarks>Tolerant: whatever line is neither is passed over, and a file without twenty round trips is no recording.</remarks>
public static class DelayTraceReader
{
    private const int FewestSamples = 20;
    private const long LargestFile = 256L << 20;

    /// <summary>A pause of the recording itself is no stall of the path: it is played as this.</summary>
    private const long LongestPauseUs = 5_000_000, PlayedPauseUs = 100_000;

    /// <summary>All recordings below a folder, in the order of their paths.</summary>
    /// <exception cref="SimulationException">There is none, or the folder can't be read.</exception>
    public static IReadOnlyList<DelayTrace> ReadFolder(string folder)
    {
        try
        {
            string[] paths = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            DelayTrace[] traces = [.. paths.Select(Read).OfType<DelayTrace>()];
            return traces.Length > 0 ? traces : throw new SimulationException($"'{folder}' holds no recording of delays: neither the output of ping nor a table with a column 'delay'.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"The recordings in '{folder}' can't be read: {cause.Message}", cause);
        }
    }

    /// <returns>Null if the file is no recording of delays.</returns>
    public static DelayTrace? Read(string path) =>
        new FileInfo(path).Length > LargestFile ? null : Parse(Path.GetFileName(path), File.ReadLines(path));

    internal static DelayTrace? Parse(string name, IEnumerable<string> lines)
    {
        var pings = new PingLines();
        var table = new TableLines();
        foreach (var line in lines)
        {
            if (!pings.Take(line))
            {
                table.Take(line);
            }
        }
        var (samples, lost) = pings.Count > 0 ? pings.Samples() : table.Samples();
        return samples.Count < FewestSamples ? null : new DelayTrace(name, WithoutPauses(samples), lost);
    }

    internal static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static List<DelaySample> WithoutPauses(List<DelaySample> samples)
    {
        List<DelaySample> played = [];
        long shiftUs = samples[0].AtUs;
        for (int n = 0; n < samples.Count; n++)
        {
            long gap = n == 0 ? 0 : samples[n].AtUs - samples[n - 1].AtUs;
            shiftUs += gap > LongestPauseUs ? gap - PlayedPauseUs : 0;
            played.Add(samples[n] with { AtUs = samples[n].AtUs - shiftUs });
        }
        return played;
    }
}

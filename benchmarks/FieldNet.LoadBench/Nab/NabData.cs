using System.Globalization;
using System.Text.Json;

namespace FieldNet.LoadBench.Nab;

/// <summary>Reads the benchmark's folder, with whichever of its files are there.</summary>
internal static class NabData
{
    /// <returns>The series in order of their names.</returns>
    public static IReadOnlyList<NabSeries> Read(string folder)
    {
        using var labels = Open(folder, "combined_windows.json", "labels/combined_windows.json");
        var files = Directory.GetFiles(Path.Combine(folder, "data"), "*.csv", SearchOption.AllDirectories);
        var series = files
            .Select(file => (File: file, Name: $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}"))
            .Where(one => labels.RootElement.TryGetProperty(one.Name, out _))
            .OrderBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => Read(one.File, one.Name, labels.RootElement.GetProperty(one.Name)))
            .ToArray();
        return series.Length > 0 ? series : throw new BenchException($"{folder} holds no labelled data/CATEGORY/FILE.csv");
    }

    public static IReadOnlyList<NabProfile> Profiles(string folder)
    {
        using var profiles = Open(folder, "config/profiles.json", "profiles.json");
        return [.. profiles.RootElement.EnumerateObject().Select(profile => (profile.Name, Weights: profile.Value.GetProperty("CostMatrix"))).Select(profile => new NabProfile(
            profile.Name,
            profile.Weights.GetProperty("tpWeight").GetDouble(),
            profile.Weights.GetProperty("fnWeight").GetDouble(),
            profile.Weights.GetProperty("fpWeight").GetDouble()))];
    }

    private static JsonDocument Open(string folder, params string[] places)
    {
        var found = places.Select(place => Path.Combine(folder, place)).FirstOrDefault(File.Exists);
        return JsonDocument.Parse(File.ReadAllText(found ?? throw new BenchException($"{folder} has no {places[0]}")));
    }

    private static NabSeries Read(string file, string name, JsonElement labels)
    {
        try
        {
            return Parse(file, name, labels);
        }
        catch (Exception malformed) when (malformed is FormatException or IndexOutOfRangeException or InvalidOperationException)
        {
            throw new BenchException($"{file} or its labels are not as NAB's: {malformed.Message}");
        }
    }

    private static NabSeries Parse(string file, string name, JsonElement labels)
    {
        var rows = File.ReadLines(file).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        var times = rows.Select(row => Time(row[0])).ToArray();
        var values = rows.Select(row => double.Parse(row[1], CultureInfo.InvariantCulture)).ToArray();
        var windows = labels.EnumerateArray()
            .Select(window => new NabWindow(Array.FindIndex(times, time => time >= Time(window[0].GetString()!)), Array.FindLastIndex(times, time => time <= Time(window[1].GetString()!))))
            .OrderBy(window => window.First)
            .ToArray();
        return new NabSeries(name, times, values, windows);
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

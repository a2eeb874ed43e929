using System.Text.Json;

namespace FieldNet.Edge.Export;

/// <summary>The events of a span, out of the data folder's own event file: as CSV, and as notes for a bed's record.</summary>
internal sealed class EventExport : IDisposable
{
    private const string FileName = "events.jsonl";

    private readonly CsvFile _csv;
    private readonly Dictionary<string, List<(long TimeUs, string Text)>> _ofBed = new(StringComparer.Ordinal);

    /// <param name="bed">Only events that touch it; null takes all.</param>
    public EventExport(string dataFolder, string folder, ExportSpan span, string? bed)
    {
        _csv = new CsvFile(Path.Combine(folder, "events.csv"), "time,kind,what,phase,severity,subject,cause,beds,id,evidence");
        var source = Path.Combine(dataFolder, FileName);
        IsThere = File.Exists(source);
        foreach (var line in IsThere ? File.ReadLines(source) : [])
        {
            Take(line, span, bed);
        }
    }

    public CsvFile Csv => _csv;

    /// <summary>False where the folder has no event file; there are then no events.</summary>
    public bool IsThere { get; }

    /// <summary>Lines that are no event: the last may be cut while the agent writes it.</summary>
    public int Unreadable { get; private set; }

    /// <param name="bed"><c>ward/bed</c>.</param>
    public IReadOnlyList<(long TimeUs, string Text)> Of(string bed) => _ofBed.TryGetValue(bed, out var events) ? events : [];

    public void Dispose() => _csv.Dispose();

    private void Take(string line, ExportSpan span, string? bed)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var happened = json.RootElement;
            var timeUs = (happened.GetProperty("t").GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            string[] beds = [.. happened.GetProperty("beds").EnumerateArray().Select(b => b.GetString() ?? "")];
            if (span.Holds(timeUs) && (bed is null || beds.Any(b => Names(bed, b, Text(happened, "subject")))))
            {
                Write(happened, timeUs, beds);
            }
        }
        catch (Exception none) when (none is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            Unreadable++;
        }
    }

    private void Write(JsonElement happened, long timeUs, string[] beds)
    {
        string[] words = [.. ((string[])["kind", "what", "phase", "severity", "subject", "cause"]).Select(key => Text(happened, key))];
        _csv.Time(timeUs);
        foreach (var word in words)
        {
            _csv.Field(word);
        }

        var evidence = happened.GetProperty("evidence").GetRawText();
        _csv.Field(string.Join(' ', beds)).Field(Text(happened, "id")).Field(evidence).End();
        var text = $"{words[0]}/{words[1]} {words[2]} {words[3]} {words[4]}{(words[5].Length > 0 ? $" cause {words[5]}" : "")} {evidence}";
        foreach (var bed in beds)
        {
            if (!_ofBed.TryGetValue(bed, out var events))
            {
                _ofBed.Add(bed, events = []);
            }

            events.Add((timeUs, text));
        }
    }

    /// <summary>Whether <c>bed</c>, <c>ward/bed</c> or <c>site/ward/bed</c> means this bed of an event.</summary>
    private static bool Names(string wanted, string bed, string subject)
    {
        var levels = wanted.Split('/');
        return levels.Length == 3
            ? bed == $"{levels[1]}/{levels[2]}" && subject.StartsWith(levels[0] + "/", StringComparison.Ordinal)
            : bed == wanted || bed.EndsWith("/" + wanted, StringComparison.Ordinal);
    }

    private static string Text(JsonElement happened, string key) => happened.GetProperty(key).GetString() ?? "";
}

using System.Globalization;
using System.Text.Json;

namespace FieldNet.History.LineProtocol;

/// <summary>The lines of the agent's events: read from its event file, which holds committed ones only.</summary>
/// <remarks>Shape: docs/protocol.md, Events. A line that is not whole yet is left for the next time. Errors: what is no event is passed over.</remarks>
internal sealed class EventLines(string path, SendPosition from, LineBatch batch) : ILineSource
{
    private const int ReadBytes = 64 * 1024;

    private readonly LineWriter _writer = new(batch);
    private byte[] _read = new byte[ReadBytes];
    private FileStream? _file;
    private int _start;
    private int _end;

    /// <inheritdoc/>
    public SendPosition Position { get; private set; } = from;

    /// <inheritdoc/>
    public bool Fill(long through)
    {
        while (!batch.IsFull)
        {
            var length = _read.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (length < 0)
            {
                if (!ReadMore())
                {
                    return false;
                }
            }
            else
            {
                Take(_read.AsMemory(_start, length));
                _start += length + 1;
            }
        }

        return true;
    }

    public void Dispose() => _file?.Dispose();

    private bool ReadMore()
    {
        try
        {
            _file ??= new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        _read.AsSpan(_start.._end).CopyTo(_read);
        (_start, _end) = (0, _end - _start);
        if (_end == _read.Length)
        {
            Array.Resize(ref _read, 2 * _read.Length);
        }

        var more = _file.Read(_read.AsSpan(_end));
        _end += more;
        return more > 0;
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var happened = json.RootElement;
            var number = happened.GetProperty("n").GetInt64();
            var timeUs = (long)(DateTimeOffset.Parse(Text(happened, "t"), CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).TotalMicroseconds;
            // A log that was lost, or its end, numbers its events anew: later than the last one sent is new all the same.
            if (number > Position.Number || timeUs > Position.TimeUs)
            {
                Write(happened, number, timeUs);
                Position = new SendPosition(number, timeUs, [], []);
            }
        }
        catch (Exception strange) when (strange is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            // Somebody else's line in our file: the events around it count.
        }
    }

    private void Write(JsonElement happened, long number, long timeUs)
    {
        var (site, ward, bed, device) = Place(Text(happened, "subject").Split('/'));
        var (kind, what, severity, phase) = (Text(happened, "kind"), Text(happened, "what"), Text(happened, "severity"), Text(happened, "phase"));
        _writer.Begin(kind == "alarm"
            ? LineWriter.Head(LineSchema.Alarm, bed, device, phase, severity, site, ward, what)
            : LineWriter.Head(LineSchema.Event, bed, device, kind, phase, severity, site, ward, what));
        _writer.Integer("active"u8, phase == "end" ? 0 : 1);
        _writer.Integer("number"u8, number);
        _writer.Text("id"u8, Text(happened, "id"));
        _writer.Text("cause"u8, Text(happened, "cause"));
        _writer.Text("evidence"u8, happened.GetProperty("evidence").GetRawText());
        _writer.End((timeUs * 1_000) + (number % 1_000));
    }

    /// <summary>A subject of one word (<c>broker</c>) is a thing, not a site.</summary>
    private static (string Site, string Ward, string Bed, string Device) Place(string[] subject) => subject switch
    {
        [var site, var ward, var bed, var device, ..] => (site, ward, bed, device),
        [var site, var ward, var bed] => (site, ward, bed, ""),
        [var site, var ward] => (site, ward, "", ""),
        _ => ("", "", "", subject[0]),
    };

    private static string Text(JsonElement happened, string name) => happened.GetProperty(name).GetString() ?? "";
}

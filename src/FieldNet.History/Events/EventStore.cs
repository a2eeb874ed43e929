using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FieldNet.History.Trends;
using Microsoft.Data.Sqlite;

namespace FieldNet.History.Events;

/// <summary>Alarms, incidents and all other events, for good, in the history's file.</summary>
/// <remarks>
/// Threading: lines are added by one caller; <see cref="Read"/> is for any, several at a time. An event that is there already, by its number, changes nothing.
/// A log that was lost, or its end, numbers its events anew: those later than all that is kept go on behind the last number.
/// </remarks>
public sealed class EventStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private long _lastUs;
    private long _shift;

    /// <exception cref="SqliteException">The file can't be used.</exception>
    public EventStore(string path)
    {
        _path = path;
        _connection = HistoryFile.OpenToWrite(path);
        Last = (long)HistoryFile.Scalar(_connection, "SELECT COALESCE(MAX(n), 0) FROM event")!;
        _lastUs = (long)HistoryFile.Scalar(_connection, "SELECT COALESCE(MAX(time_us), 0) FROM event")!;
    }

    /// <summary>Number of the newest event that is kept.</summary>
    public long Last { get; private set; }

    /// <summary>Keeps the events of some lines of the event file (docs/protocol.md), all or none.</summary>
    /// <remarks>Errors: a line that is no event is passed over; a fault of the file is a <see cref="SqliteException"/>, and nothing is kept.</remarks>
    public void Add(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        using var transaction = HistoryTransaction.ToWrite(_connection);
        using var add = _connection.CreateCommand();
        add.CommandText = "INSERT INTO event VALUES ($n, $time, $kind, $what, $subject, $severity, $phase, $id, $json) ON CONFLICT DO NOTHING";
        using var addBed = _connection.CreateCommand();
        addBed.CommandText = "INSERT INTO event_bed VALUES ($bed, $n) ON CONFLICT DO NOTHING";
        var (last, lastUs, shift) = (Last, _lastUs, _shift);
        foreach (var line in lines)
        {
            var number = NumberOf(line.Span);
            if (number <= 0 || (number + shift <= last && !IsAfter(line.Span, lastUs)) || Parse(line) is not { } happened)
            {
                continue;
            }

            using (happened)
            {
                shift = number + shift > last ? shift : last + 1 - number;
                last = number + shift;
                var timeUs = TimeUs(happened.RootElement);
                Insert(shift == 0 ? line : Renumbered(line, number, last), last, timeUs, happened.RootElement, add, addBed);
                lastUs = Math.Max(lastUs, timeUs);
            }
        }

        transaction.Commit();
        (Last, _lastUs, _shift) = (last, lastUs, shift);
    }

    /// <summary>The newest events that fit, oldest first, each as its line.</summary>
    public IReadOnlyList<string> Read(EventQuery query)
    {
        using var connection = HistoryFile.OpenToRead(_path);
        using var command = connection.CreateCommand();
        var from = query.Bed is null ? "event e" : "event_bed b JOIN event e ON e.n = b.n";
        var sql = new StringBuilder("SELECT e.json FROM ").Append(from).Append(" WHERE TRUE");
        Where(query.Bed, "b.bed = $bed", "$bed");
        Where(query.Kind, "e.kind = $kind", "$kind");
        Where(query.FromUs, "e.time_us >= $from", "$from");
        Where(query.ToUs, "e.time_us < $to", "$to");
        Where(query.Before, "e.n < $before", "$before");
        command.CommandText = sql.Append(" ORDER BY e.n DESC LIMIT $limit").ToString();
        command.Parameters.AddWithValue("$limit", query.Limit);
        var lines = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            lines.Add(rows.GetString(0));
        }

        lines.Reverse();
        return lines;

        void Where(object? value, string condition, string name)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(condition);
                command.Parameters.AddWithValue(name, value);
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    private static void Insert(ReadOnlyMemory<byte> line, long n, long timeUs, JsonElement happened, SqliteCommand add, SqliteCommand addBed)
    {
        add.Parameters.Clear();
        add.Parameters.AddWithValue("$n", n);
        add.Parameters.AddWithValue("$time", timeUs);
        foreach (var name in (ReadOnlySpan<string>)["kind", "what", "subject", "severity", "phase", "id"])
        {
            add.Parameters.AddWithValue("$" + name, happened.TryGetProperty(name, out var value) ? value.ToString() : "");
        }

        add.Parameters.AddWithValue("$json", Encoding.UTF8.GetString(line.Span).TrimEnd());
        add.ExecuteNonQuery();
        if (!happened.TryGetProperty("beds", out var beds) || beds.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var bed in beds.EnumerateArray())
        {
            addBed.Parameters.Clear();
            addBed.Parameters.AddWithValue("$bed", bed.ToString());
            addBed.Parameters.AddWithValue("$n", n);
            addBed.ExecuteNonQuery();
        }
    }

    /// <summary>The quick look that passes over what is kept already; 0 for a line that is no event.</summary>
    private static long NumberOf(ReadOnlySpan<byte> line)
    {
        var prefix = "{\"n\":"u8;
        return line.StartsWith(prefix) && Utf8Parser.TryParse(line[prefix.Length..], out long n, out _) ? n : 0;
    }

    /// <summary>The quick look at the time, which follows the number.</summary>
    private static bool IsAfter(ReadOnlySpan<byte> line, long timeUs)
    {
        var name = "\"t\":\""u8;
        var start = line[..Math.Min(line.Length, 64)].IndexOf(name);
        var rest = start < 0 ? default : line[(start + name.Length)..];
        var length = rest.IndexOf((byte)'"');
        return length > 0 && TimeUs(Encoding.UTF8.GetString(rest[..length])) > timeUs;
    }

    private static byte[] Renumbered(ReadOnlyMemory<byte> line, long from, long to)
    {
        var behind = "{\"n\":".Length + from.ToString(CultureInfo.InvariantCulture).Length;
        return [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{to}")), .. line.Span[behind..]];
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long TimeUs(JsonElement happened) => happened.TryGetProperty("t", out var time) ? TimeUs(time.ToString()) : 0;

    private static long TimeUs(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : 0;
}

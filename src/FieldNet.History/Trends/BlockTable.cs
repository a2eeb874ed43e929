using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>The blocks in the history's file.</summary>
/// <remarks>Threading: that of its connection.</remarks>
internal sealed class BlockTable : IDisposable
{
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _write;
    private readonly SqliteCommand _trim;

    public BlockTable(SqliteConnection connection)
    {
        _read = Command(connection, "SELECT start, data FROM block WHERE resolution = $resolution AND device = $device AND start BETWEEN $first AND $last ORDER BY start", "$first", "$last");
        _write = Command(connection, "INSERT INTO block VALUES ($resolution, $device, $start, $data) ON CONFLICT DO UPDATE SET data = $data", "$start", "$data");
        _trim = Command(connection, "DELETE FROM block WHERE resolution = $resolution AND device = $device AND start < $before", "$before");
    }

    /// <summary>The blocks whose span touches the time between.</summary>
    /// <param name="toUs">Not included.</param>
    public IEnumerable<(long StartUs, byte[] Data)> Read(Resolution resolution, int device, long fromUs, long toUs)
    {
        using var rows = With(_read, resolution, device, resolution.SpanOf(fromUs) / 1_000_000, (toUs - 1) / 1_000_000).ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetInt64(0) * 1_000_000, rows.GetFieldValue<byte[]>(1));
        }
    }

    /// <returns>Null when there is none.</returns>
    public byte[]? Read(Resolution resolution, int device, long startUs)
    {
        using var rows = With(_read, resolution, device, startUs / 1_000_000, startUs / 1_000_000).ExecuteReader();
        return rows.Read() ? rows.GetFieldValue<byte[]>(1) : null;
    }

    public void Write(Resolution resolution, int device, long startUs, byte[] data) =>
        With(_write, resolution, device, startUs / 1_000_000, data).ExecuteNonQuery();

    /// <summary>Takes away the blocks that end before a time.</summary>
    public int Trim(Resolution resolution, int device, long oldestUs) =>
        With(_trim, resolution, device, resolution.SpanOf(oldestUs) / 1_000_000).ExecuteNonQuery();

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
        _trim.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$resolution", 0);
        command.Parameters.AddWithValue("$device", 0);
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter, 0L);
        }

        return command;
    }

    private static SqliteCommand With(SqliteCommand command, Resolution resolution, int device, params ReadOnlySpan<object> values)
    {
        command.Parameters[0].Value = resolution.Seconds;
        command.Parameters[1].Value = device;
        for (var i = 0; i < values.Length; i++)
        {
            // The type follows the value: a blob was declared as a number above.
            command.Parameters[i + 2].ResetSqliteType();
            command.Parameters[i + 2].Value = values[i];
        }

        return command;
    }
}

using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>The embedded history: one SQLite file in WAL mode.</summary>
/// <remarks>
/// Loss: a commit is flushed, not fsynced: <c>kill -9</c> loses nothing, a power cut the newest commits. They are in the log, and
/// the number up to which it was read goes back with them, so they are read again.
/// </remarks>
public static class HistoryFile
{
    public const string Name = "history.db";

    private const int Version = 1;

    /// <summary>
    /// start: of the span, UTC seconds. block: see <c>TrendBlock</c>; resolution 0 holds a column a series, the others four
    /// (count, least, sum, greatest) with the number series × 4 + figure.
    /// </summary>
    private const string Schema = """
        CREATE TABLE device (id INTEGER PRIMARY KEY, site TEXT NOT NULL, ward TEXT NOT NULL, bed TEXT NOT NULL, device TEXT NOT NULL, UNIQUE (site, ward, bed, device));
        CREATE TABLE series (id INTEGER PRIMARY KEY, device INTEGER NOT NULL, signal TEXT NOT NULL, first_us INTEGER NOT NULL, last_us INTEGER NOT NULL, UNIQUE (device, signal));
        CREATE TABLE block (resolution INTEGER NOT NULL, device INTEGER NOT NULL, start INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (resolution, device, start));
        CREATE TABLE mark (name TEXT PRIMARY KEY, through INTEGER NOT NULL, state BLOB) WITHOUT ROWID;
        CREATE TABLE event (n INTEGER PRIMARY KEY, time_us INTEGER NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, severity TEXT NOT NULL, phase TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL);
        CREATE INDEX event_time ON event (time_us);
        CREATE INDEX event_kind ON event (kind);
        CREATE TABLE event_bed (bed TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (bed, n)) WITHOUT ROWID;
        """;

    /// <summary>Opens the file to write, making it when it is not there.</summary>
    /// <exception cref="SqliteException">It can't be opened, or is none.</exception>
    /// <exception cref="InvalidDataException">Of a newer version.</exception>
    public static SqliteConnection OpenToWrite(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // Small pages, since a block of a few KiB fills whole ones (ADR 0008). We checkpoint ourselves, so that no query waits behind it.
            Execute(connection, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;");
            var version = (long)Scalar(connection, "PRAGMA user_version")!;
            if (version == 0)
            {
                using var transaction = HistoryTransaction.ToWrite(connection);
                Execute(connection, $"{Schema} PRAGMA user_version = {Version};");
                transaction.Commit();
            }
            else if (version != Version)
            {
                throw new InvalidDataException($"{path} has version {version}; this FieldNet knows version {Version}.");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens it to read, also while it is written to.</summary>
    /// <exception cref="SqliteException">It is not there, or is none.</exception>
    public static SqliteConnection OpenToRead(string path) => Open(path, SqliteOpenMode.ReadOnly);

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = mode == SqliteOpenMode.ReadOnly }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

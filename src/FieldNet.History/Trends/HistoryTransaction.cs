using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>All or nothing on one connection, for whatever commands it has.</summary>
/// <remarks>Lifetime: disposing without <see cref="Commit"/> undoes it.</remarks>
internal sealed class HistoryTransaction : IDisposable
{
    private readonly SqliteConnection _connection;
    private bool _ended;

    private HistoryTransaction(SqliteConnection connection, string begin)
    {
        _connection = connection;
        HistoryFile.Execute(connection, begin);
    }

    public static HistoryTransaction ToWrite(SqliteConnection connection) => new(connection, "BEGIN IMMEDIATE");

    /// <summary>Sees the file as it is at the first read, whatever is written meanwhile.</summary>
    public static HistoryTransaction ToRead(SqliteConnection connection) => new(connection, "BEGIN");

    public void Commit()
    {
        HistoryFile.Execute(_connection, "COMMIT");
        _ended = true;
    }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        try
        {
            HistoryFile.Execute(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk undoes it by itself, and then there is nothing to undo.
        }
    }
}

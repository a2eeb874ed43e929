using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>Which faults of the file pass by themselves, so that waiting helps.</summary>
public static class HistoryFault
{
    /// <summary>SQLite's primary result codes.</summary>
    private const int Busy = 5, Locked = 6, InputOutput = 10, Full = 13;

    /// <summary>The disk is full, or fails, or someone else is at the file.</summary>
    public static bool Passes(SqliteException fault) => fault.SqliteErrorCode is Busy or Locked or InputOutput or Full;
}

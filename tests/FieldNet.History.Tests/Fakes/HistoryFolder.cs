using FieldNet.History.Trends;
using Microsoft.Data.Sqlite;

namespace FieldNet.History.Tests.Fakes;

/// <summary>A history in a folder that goes with the test.</summary>
internal sealed class HistoryFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-history-").FullName;

    public string Path => System.IO.Path.Combine(_folder, HistoryFile.Name);

    public TrendRetention Retention { get; init; } = new();

    public TrendKeeper Open() => new(Path, Retention, TimeProvider.System);

    public TrendReader Reader(TrendKeeper keeper) => new(keeper, Retention);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

using FieldNet.Edge.History;
using FieldNet.History.Events;

namespace FieldNet.Edge.Tests.History;

public sealed class EventTailTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-tail-").FullName;

    private string Events => Path.Combine(_folder, "events.jsonl");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Follow_TakesWholeLinesOnce_AlsoOfAFileWrittenAnew()
    {
        using var store = new EventStore(Path.Combine(_folder, "history.db"));
        var tail = new EventTail(Events, store);
        tail.Follow();
        File.WriteAllText(Events, Line(1) + Line(2) + Line(3)[..20]);
        tail.Follow();
        Assert.Equal(2, store.Last);

        File.WriteAllText(Events, Line(1));
        tail.Follow();
        File.AppendAllText(Events, string.Concat(Enumerable.Range(2, 4000).Select(Line)));
        tail.Follow();

        Assert.Equal(4001, store.Last);
        Assert.Equal(4001, store.Read(new EventQuery(null, null, null, null, null, 10_000)).Count);
    }

    private static string Line(int n) =>
        $$"""{"n":{{n}},"t":"2026-03-01T08:00:00.000000Z","kind":"alarm","what":"limit","subject":"a","cause":"","severity":"low","phase":"start","beds":["icu1/bed-01"],"evidence":{},"id":"{{n}}"}""" + "\n";
}

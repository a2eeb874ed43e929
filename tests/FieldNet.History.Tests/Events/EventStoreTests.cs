using System.Text;
using FieldNet.History.Events;
using FieldNet.History.Tests.Fakes;

namespace FieldNet.History.Tests.Events;

public sealed class EventStoreTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfABed_HasItsLinesInOrderAndNoOthers()
    {
        using var store = new EventStore(_folder.Path);
        store.Add([Line(1, "alarm", 10, "icu1/bed-01"), Line(2, "alarm", 20, "icu1/bed-02"), Line(3, "link", 30, "icu1/bed-01", "icu1/bed-02")]);

        Assert.Equal([1, 3], Numbers(store, new(Bed: "icu1/bed-01", null, null, null, null, 10)));
        Assert.Equal([1, 2], Numbers(store, new(null, Kind: "alarm", null, null, null, 10)));
        Assert.Equal([2], Numbers(store, new(null, null, FromUs: 15_000_000, ToUs: 30_000_000, null, 10)));
        Assert.Equal([2, 3], Numbers(store, new(null, null, null, null, null, Limit: 2)));
        Assert.Equal([1, 2], Numbers(store, new(null, null, null, null, Before: 3, 2)));
        Assert.Equal(Encoding.UTF8.GetString(Line(3, "link", 30, "icu1/bed-01", "icu1/bed-02").Span).TrimEnd(), store.Read(new(null, Kind: "link", null, null, null, 1)).Single());
    }

    [Fact]
    public void Add_Again_ChangesNothing()
    {
        using (var store = new EventStore(_folder.Path))
        {
            store.Add([Line(1, "alarm", 10), Line(2, "alarm", 20)]);
            store.Add([Line(1, "alarm", 10), Line(2, "alarm", 20), Line(3, "alarm", 30)]);
        }

        using var again = new EventStore(_folder.Path);
        again.Add([Line(2, "link", 99), Line(4, "alarm", 40)]);

        Assert.Equal(4, again.Last);
        Assert.Equal([1, 2, 3, 4], Numbers(again, new(null, Kind: "alarm", null, null, null, 10)));
    }

    [Fact]
    public void Add_NumberedAnewBehindALogThatWasLost_IsKeptOnceBehindTheLast()
    {
        using (var store = new EventStore(_folder.Path))
        {
            store.Add([Line(1, "alarm", 10), Line(2, "alarm", 20), Line(3, "alarm", 30)]);
        }

        using (var anew = new EventStore(_folder.Path))
        {
            anew.Add([Line(1, "link", 40), Line(2, "link", 40)]);
            anew.Add([Line(3, "link", 50)]);
        }

        using var again = new EventStore(_folder.Path);
        again.Add([Line(1, "link", 40), Line(2, "link", 40), Line(3, "link", 50), Line(4, "link", 55)]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Numbers(again, new(null, null, null, null, null, 10)));
        Assert.Equal([4, 5, 6, 7], Numbers(again, new(null, Kind: "link", null, null, null, 10)));
    }

    [Fact]
    public void Add_OfWhatIsNoEvent_PassesOverIt()
    {
        using var store = new EventStore(_folder.Path);

        store.Add([Bytes("nonsense"), Bytes("{\"n\":7,\"t\":"), Bytes(""), Line(1, "alarm", 10)]);

        Assert.Equal([1], Numbers(store, new(null, null, null, null, null, 10)));
    }

    private static IEnumerable<int> Numbers(EventStore store, EventQuery query) =>
        store.Read(query).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("n").GetInt32());

    private static ReadOnlyMemory<byte> Line(int n, string kind, int second, params string[] beds) => Bytes(
        $$"""{"n":{{n}},"t":"1970-01-01T00:00:{{second:00}}.000000Z","kind":"{{kind}}","what":"limit","subject":"x","cause":"","severity":"high","phase":"start","beds":[{{string.Join(',', beds.Select(bed => $"\"{bed}\""))}}],"evidence":{},"id":"{{n}}"}""" + "\n");

    private static ReadOnlyMemory<byte> Bytes(string line) => Encoding.UTF8.GetBytes(line);
}

using FieldNet.History.LineProtocol;
using FieldNet.History.Tests.Fakes;

namespace FieldNet.History.Tests.LineProtocol;

public sealed class EventLinesTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fill_NumberedAnewBehindALogThatWasLost_GoesOnWithWhatIsLater()
    {
        var path = _folder.Path + ".jsonl";
        File.WriteAllLines(path, [Line(1, 10), Line(2, 40), Line(3, 40)]);
        var batch = new LineBatch();
        using var lines = new EventLines(path, new SendPosition(1000, 30_000_000, [], []), batch);

        Assert.False(lines.Fill(long.MaxValue));

        Assert.Equal((3, 2), (lines.Position.Number, batch.Count));
    }

    private static string Line(int n, int second) =>
        $$"""{"n":{{n}},"t":"1970-01-01T00:00:{{second:00}}.000000Z","kind":"alarm","what":"limit","subject":"chu/icu1/bed-01/mon1","cause":"","severity":"high","phase":"start","beds":["icu1/bed-01"],"evidence":{},"id":"{{n}}"}""";
}

using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Tests.Scoring;

public sealed class ScoreFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-score-").FullName;

    [Fact]
    public void Read_LabelsAsOthersWriteThem_TakesWhatItKnows()
    {
        var labels = LabelFile.Read(Written(
            "\uFEFF{\"what\":\"silent\",\"subject\":\"a/b/c/d\",\"cause\":\"cell\",\"start\":\"2026-11-22T10:00:00Z\",\"end\":\"2026-11-22T10:00:20.5Z\",\"beds\":[\"b/c\"],\"more\":{\"x\":1}}\r\n"
            + "\r\n{\"what\":\"loss\",\"subject\":\"a/b\",\"start\":\"2026-11-22T10:00:00.250000Z\",\"fault\":3,\"optional\":true}\r\n"));

        Assert.Equal((20_500_000, "cell", "b/c"), (labels[0].EndUs - labels[0].StartUs, labels[0].Cause, labels[0].Beds[0]));
        Assert.Equal((3, true, null, 250_000), (labels[1].Fault, labels[1].IsOptional, labels[1].EndUs, labels[1].StartUs - labels[0].StartUs));
        Assert.Empty(labels[1].Beds);
    }

    [Fact]
    public void Write_Labels_ReadsBackTheSame()
    {
        Label[] labels = [new("silent", "a/b/c/d", "gateway", 1_795_000_000_123_456, 1_795_000_001_000_000, ["b/c"]) { Fault = 12, IsOptional = true }, new("step", "a/b/c/e", "clock", 1_795_000_000_000_000, null, [])];
        var text = new StringWriter();

        LabelFile.Write(text, labels);

        var read = LabelFile.Read(Written(text.ToString()));
        Assert.Equal(labels.Select(label => label with { Beds = [] }), read.Select(label => label with { Beds = [] }));
        Assert.Equal(labels[0].Beds, read[0].Beds);
    }

    [Fact]
    public void Read_Events_GivesStartsWithAllTheirChildren()
    {
        string path = Written(string.Join('\n',
            """{"n":1,"t":"2026-11-22T10:00:01Z","kind":"link","what":"silent","subject":"a/b/c/d","cause":"","phase":"start","beds":["b/c"],"evidence":{},"id":"1"}""",
            """{"n":2,"t":"2026-11-22T10:00:02.5Z","kind":"incident","what":"silent","subject":"a/b/c/d","cause":"device","phase":"start","beds":["b/c"],"evidence":{"children":["1"]},"id":"2"}""",
            """{"n":3,"t":"2026-11-22T10:00:03Z","kind":"incident","what":"silent","subject":"a/b/c/d","cause":"device","phase":"update","beds":["b/c"],"evidence":{"children":["1","7"]},"id":"2"}""",
            """{"n":4,"t":"2026-11-22T10:00:09Z","kind":"link","what":"silent","subject":"a/b/c/d","cause":"","phase":"end","beds":["b/c"],"evidence":{},"id":"1"}"""));

        var events = EventLines.Read(path, out var span);

        Assert.Equal(["1", "2"], events.Select(one => one.Id));
        Assert.Equal(["1", "7"], events[1].Children);
        Assert.Equal(8_000_000, span!.Value.Last - span.Value.First);
    }

    [Fact]
    public void Read_EmptyFiles_GivesAScoreOfNothing()
    {
        var events = EventLines.Read(Written(""), out var span);
        var report = Scorer.Of(events, LabelFile.Read(Written("\n"))).Report(0);

        Assert.Null(span);
        Assert.Equal((0, 0), (report.Labels, report.Events));
    }

    [Fact]
    public void Read_NoLabel_SaysWhichLine()
    {
        var wrong = Assert.Throws<FormatException>(() => LabelFile.Read(Written("\n{\"what\":\"silent\"}\n")));

        Assert.Contains("line 2", wrong.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string text)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }
}

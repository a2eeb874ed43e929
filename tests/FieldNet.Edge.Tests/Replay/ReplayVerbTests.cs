using System.Text.Json;
using System.Text.Json.Nodes;

namespace FieldNet.Edge.Tests.Replay;

/// <summary><c>replay</c>: the same capture gives the same events, however it is replayed (P4).</summary>
public sealed class ReplayVerbTests(ReplayedWard ward) : IClassFixture<ReplayedWard>
{
    [Fact]
    public async Task Replay_ThreeSpeedsTwoRunsAndASplit_GiveTheSameEvents()
    {
        var first = await ward.CutAsync("first", ReplayedWard.Begin, ReplayedWard.Middle);
        var second = await ward.CutAsync("second", ReplayedWard.Middle, ReplayedWard.End);
        JsonElement[] reports =
        [
            await ward.ReplayAsync(ward.Whole),
            await ward.ReplayAsync(ward.Whole),
            await ward.ReplayAsync(ward.Whole, "--speed", "100"),
            await ward.ReplayAsync(ward.Whole, "--speed", "50"),
            await ward.ReplayAsync(first, second),
        ];

        Assert.True(reports[0].GetProperty("events").GetProperty("link").GetInt32() > 0);
        Assert.Single(reports.Select(report => report.GetProperty("events_sha256").GetString()).Distinct());
        Assert.Single(reports.Select(report => report.GetProperty("records").GetInt64()).Distinct());
        Assert.InRange(reports[2].GetProperty("wall_s").GetDouble(), 0.6, double.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replay_EventsOntoADataFoldersOwnFile_IsRefusedAndTouchesNothing(bool byALink)
    {
        var data = Directory.CreateDirectory(ward.PathOf($"kept-{byALink}")).FullName;
        Directory.CreateDirectory(Path.Combine(data, "log"));
        var kept = Path.Combine(data, "events.jsonl");
        await File.WriteAllTextAsync(kept, "precious", TestContext.Current.CancellationToken);
        var named = byALink ? File.CreateSymbolicLink(ward.PathOf("link.jsonl"), kept).FullName : kept;

        Assert.Equal(2, await ReplayedWard.RunAsync("replay", ward.Whole, "--events", named));
        Assert.Equal("precious", await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Replay_OfASpan_WritesTheEventsOfThatSpanAsTheyAreInTheWhole()
    {
        var whole = await ward.EventsAsync(ward.Whole);
        var (from, to) = (TimeOf(whole[whole.Length / 3]), TimeOf(whole[whole.Length * 2 / 3]));

        var part = await ward.EventsAsync(ward.Whole, "--from", from, "--to-time", to);

        Assert.NotEmpty(part);
        Assert.Equal(whole.Where(line => string.CompareOrdinal(TimeOf(line), from) >= 0 && string.CompareOrdinal(TimeOf(line), to) <= 0), part);
    }

    [Fact]
    public async Task Replay_OfOneBed_GivesThatBedsEventsAsTheyAreInTheWhole()
    {
        var whole = await ward.EventsAsync(ward.Whole);
        var bed = JsonNode.Parse(whole.First(line => line.Contains("\"link\"", StringComparison.Ordinal)))!["beds"]![0]!.GetValue<string>();

        var part = await ward.EventsAsync(ward.Whole, "--bed", bed);

        Assert.NotEmpty(part);
        Assert.Equal(whole.Where(line => line.Contains($"\"{bed}\"", StringComparison.Ordinal)).Select(Unnumbered), part.Select(Unnumbered));
        Assert.Equal(part, await ward.EventsAsync(ward.Whole, "--bed", bed.Split('/')[1]));
    }

    [Fact]
    public async Task Replay_WithOtherLimits_GivesOtherEvents()
    {
        var site = ward.PathOf("site.yaml");
        await File.WriteAllTextAsync(site, "link:\n  delay_on_ms: 5000\n  delay_off_ms: 4000\n");

        var (usual, other) = (await ward.EventsAsync(ward.Whole), await ward.EventsAsync(ward.Whole, "--config", site));

        Assert.Contains(usual, IsLatency);
        Assert.DoesNotContain(other, IsLatency);
        Assert.Equal(usual.Where(line => !IsLatency(line)).Select(Unnumbered), other.Select(Unnumbered));

        static bool IsLatency(string line) => line.Contains("\"latency\"", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "yesterday")]
    [InlineData("--speed", "-1")]
    [InlineData("--bed", "a/b/c/d")]
    [InlineData("--config", "/no/such/site.yaml")]
    [InlineData("--to", "127.0.0.1:1883")]
    public async Task Replay_BadArgument_ExitsWith2(string option, string value) =>
        Assert.Equal(2, await ReplayedWard.RunAsync("replay", ward.Whole, option, value));

    [Fact]
    public async Task Replay_VerbatimToAnotherMachine_IsRefused()
    {
        Assert.Equal(2, await ReplayedWard.RunAsync("replay", ward.Whole, "--verbatim"));
        Assert.Equal(2, await ReplayedWard.RunAsync("replay", ward.Whole, "--verbatim", "--to", "mqtt://192.0.2.1:1883"));
        Assert.Equal(2, await ReplayedWard.RunAsync("replay", ward.Whole, "--verbatim", "--to", "mqtt://broker.example:1883"));
    }

    private static string TimeOf(string line) => JsonNode.Parse(line)!["t"]!.GetValue<string>();

    private static string Unnumbered(string line) => line[line.IndexOf(',', StringComparison.Ordinal)..];
}

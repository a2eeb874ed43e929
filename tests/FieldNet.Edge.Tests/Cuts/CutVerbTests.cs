using System.Text;
using System.Text.RegularExpressions;
using FieldNet.Capture.Log;
using FieldNet.Edge.Tests.Replay;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Tests.Cuts;

/// <summary><c>cut</c>: the same records, or the same under made-up names.</summary>
public sealed class CutVerbTests(ReplayedWard ward) : IClassFixture<ReplayedWard>
{
    private static readonly string[] RealNames = ["demo", "icu1", "mon1", "SIM-", "127.0.0.1"];

    [Fact]
    public async Task Cut_Span_HoldsItsRecordsUnchanged()
    {
        var part = Read(await ward.CutAsync("part", "2026-03-01T08:00:10Z", "2026-03-01T08:00:20Z"));

        var (from, to) = (Us("2026-03-01T08:00:10Z"), Us("2026-03-01T08:00:20Z"));
        Assert.Equal(Read(ward.Whole).Where(record => record.LogTimeUs >= from && record.LogTimeUs < to), part);
    }

    [Fact]
    public async Task Cut_OneBed_HoldsNoOthersMessages()
    {
        var part = Read(await ward.CutAsync("bed", ReplayedWard.Begin, ReplayedWard.End, "--bed", "icu1/bed-02"));

        Assert.Equal(["bed-02"], part.Where(record => record.Topic.Length > 0).Select(record => record.Topic.Split('/')[4]).Distinct());
        Assert.Contains(part, record => record.Kind == RecordKind.AgentStart);
    }

    [Fact]
    public async Task Cut_WithPseudonyms_NamesNobodyAndKeepsTheRest()
    {
        var (whole, part) = (Read(ward.Whole), Read(await ward.CutAsync("names", ReplayedWard.Begin, ReplayedWard.End, "--pseudonyms")));

        Assert.Equal(whole.Select(record => (record.Number, record.LogTimeUs, record.Kind)), part.Select(record => (record.Number, record.LogTimeUs, record.Kind)));
        Assert.DoesNotContain(part, record => IsNamed($"{record.Client} {record.Topic} {Text(record)}"));
        Assert.Equal(whole.Where(IsValue).Select(record => record.Payload), part.Where(record => whole.Count > 0 && IsValue(record)).Select(record => record.Payload));
        Assert.Equal(whole.Select(record => record.Topic).Distinct().Count(), part.Select(record => record.Topic).Distinct().Count());
    }

    [Fact]
    public async Task Cut_WithPseudonyms_GivesTheSameEventsUnderOtherNamesEachTime()
    {
        var one = await ward.EventsAsync(await ward.CutAsync("once", ReplayedWard.Begin, ReplayedWard.End, "--pseudonyms"));
        var two = await ward.EventsAsync(await ward.CutAsync("twice", ReplayedWard.Begin, ReplayedWard.End, "--pseudonyms"));
        var real = await ward.EventsAsync(ward.Whole);

        Assert.Equal(real.Select(What), one.Select(What));
        Assert.Equal(one.Select(What), two.Select(What));
        Assert.Empty(one.Intersect(two));

        static string What(string line) => string.Join(',', line.Split(',')[1..4]);
    }

    [Fact]
    public async Task Cut_ToAFolderThatHoldsSomething_IsRefused() =>
        Assert.Equal(2, await ReplayedWard.RunAsync("cut", ward.Whole, "--from", ReplayedWard.Begin, "--to-time", ReplayedWard.End, "--out", ward.Whole));

    /// <summary>A pseudonym may well begin with bed-0, but does not end there.</summary>
    private static bool IsNamed(string text) =>
        RealNames.Any(name => text.Contains(name, StringComparison.Ordinal)) || Regex.IsMatch(text, @"bed-0\d\b");

    private static bool IsValue(Copy record) => record.Kind == RecordKind.Publish && !record.Topic.EndsWith("/status", StringComparison.Ordinal);

    private static string Text(Copy record) => Encoding.Latin1.GetString(Convert.FromHexString(record.Payload));

    private static long Us(string time) => (DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks / 10;

    private static List<Copy> Read(string folder)
    {
        using var reader = LogReader.Open(folder, new TopicTable());
        var records = new List<Copy>();
        while (reader.TryRead(out var record))
        {
            records.Add(new Copy(
                record.Number, record.LogTimeUs, record.ReceiveTimeUs, record.Kind, record.Qos, record.Retain, record.PacketId, record.Connection,
                record.Client, record.Topic.Name, Convert.ToHexString(record.Payload)));
        }

        return records;
    }

    private sealed record Copy(
        long Number, long LogTimeUs, long ReceiveTimeUs, RecordKind Kind, byte Qos, bool Retain, ushort PacketId, long Connection,
        string Client, string Topic, string Payload);
}

using FieldNet.Bedside.Backgrounds;
using FieldNet.TestKit;

namespace FieldNet.Bedside.Tests.Backgrounds;

public sealed class DelayTraceReaderTests
{
    [Fact]
    public void Parse_Ping_TakesMissingNumbersForLost()
    {
        var trace = DelayTraceReader.Parse("p", ["PING h (1.2.3.4) 56(84) bytes of data.", "", .. Pings(1, 30).Where((_, n) => n is not (9 or 10)), Ping(12, "5.0") + " (DUP!)", "64 bytes from 1.2.3.4: icm", "--- h ping statistics ---"])!;

        Assert.Equal((30, 2, 29_000_000), (trace.Count, trace.Lost, trace.DurationUs));
        Assert.Equal(10, trace.OneWayMs(0));
        // What was lost waits for the next that came: two seconds and one.
        Assert.Equal((2010, 1010, 10), (trace.OneWayMs(9), trace.OneWayMs(10), trace.OneWayMs(11)));
        Assert.Equal((10, 1), (trace.MedianMs, trace.SpreadMs));
    }

    [Fact]
    public void Parse_PingWithSummary_KnowsItsInterval()
    {
        var trace = DelayTraceReader.Parse("p", [.. Pings(1, 21), "21 packets transmitted, 21 received, 0% packet loss, time 4000ms"])!;

        Assert.Equal(4_000_000, trace.DurationUs);
    }

    [Fact]
    public void Parse_TableInAnyOrder_FollowsItsHeader()
    {
        string[] rows = [.. Enumerable.Range(0, 25).Select(n => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-84 {1_721_289_494_146 + (n * 50)} 5C42 22.5 {20 + (n % 2)}"))];

        var trace = DelayTraceReader.Parse("t", ["# made by hand", "rsrp(db) pub_time(ms) cellid(db) sinr(db) delay(ms) ", .. rows, "-84 17212894"])!;

        Assert.Equal((25, 24 * 50_000), (trace.Count, trace.DurationUs));
        Assert.Equal((10, 10.5, (-84.0, 22.5)), (trace.OneWayMs(0), trace.OneWayMs(1), trace.Radio(3)));
    }

    [Fact]
    public void Parse_TableWithAPause_PlaysNoStall()
    {
        var rows = Enumerable.Range(0, 40).Select(n => $"{1000 + (n * 100) + (n >= 20 ? 60_000 : 0)} 0 30");

        var trace = DelayTraceReader.Parse("t", ["pub_time(ms) sub_time(ms) delay(ms)", .. rows])!;

        Assert.Equal(3_900_000, trace.DurationUs);
    }

    [Theory]
    [InlineData("# a read me\n\nwith words, and 12 numbers 13")]
    [InlineData("pub_time(ms) delay(ms)\n1 2\n2 3")]
    public void Parse_NoRecording_IsNull(string text) => Assert.Null(DelayTraceReader.Parse("x", text.Split('\n')));

    [Fact]
    public void ReadFolder_SharedRecordings_FindsAllInAnyDepth()
    {
        Assert.SkipUnless(SharedData.Find("link") is not null, SharedData.Absent);

        var traces = DelayTraceReader.ReadFolder(SharedData.Find("link")!);

        Assert.Equal(10, traces.Count);
        Assert.All(traces, trace => Assert.InRange(trace.MedianMs, 1, 100));
        var ping = traces.Single(trace => trace.Name == "ping-MEC-ORAN.txt");
        Assert.Equal((878, 4), (ping.Count, ping.Lost));
    }

    [Fact]
    public void OneWayMs_PastTheEnd_IsMirroredWithoutAJump()
    {
        var trace = DelayTraceReader.Parse("t", ["pub_time(ms) delay(ms)", .. Enumerable.Range(0, 21).Select(n => $"{n * 1000} {20 + (2 * n)}")])!;
        var played = new PlayedDelay(trace, offsetUs: 0);

        double[] ms = [.. Enumerable.Range(0, 80).Select(n => played.OneWayMs(n * 1_000_000L))];

        Assert.Equal((10, 30, 10, 30), (ms[0], ms[20], ms[40], ms[60]));
        Assert.All(ms.Zip(ms.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1.01));
    }

    private static IEnumerable<string> Pings(int first, int last) => Enumerable.Range(first, last - first + 1).Select(n => Ping(n, "20.0"));

    private static string Ping(int number, string ms) => $"64 bytes from 1.2.3.4: icmp_seq={number} ttl=64 time={ms} ms";
}

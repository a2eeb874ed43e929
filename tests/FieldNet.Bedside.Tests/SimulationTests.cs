using System.Text.Json;
using FieldNet.Bedside.Tests.Devices;

namespace FieldNet.Bedside.Tests;

public sealed class SimulationTests
{
    private static readonly Uri Server = new("mqtt://127.0.0.1:1");

    [Fact]
    public async Task RunAsync_ForASecond_ReportsAndWritesItsLedger()
    {
        var folder = Directory.CreateTempSubdirectory("fieldnet-simulate-");
        string ledger = Path.Combine(folder.FullName, "acked.jsonl"), labels = Path.Combine(folder.FullName, "labels.jsonl");
        // Every third number of the first bed is never acknowledged.
        var server = new FakeConnector { Acknowledges = m => m.Kind != "vitals" || !m.Topic.Contains("bed-01", StringComparison.Ordinal) || m.Stamp.Seq % 3 != 0 };
        var options = new SimulationOptions { To = Server, Beds = 2, For = TimeSpan.FromSeconds(1.5), Rate = 8, WaveQos = 1, Acknowledged = ledger, Labels = labels };

        var report = await Simulation.RunAsync(options, server, TimeProvider.System, TextWriter.Null, TestContext.Current.CancellationToken);

        var numbers = server.Messages.Where(m => m.Topic == "fieldnet/v1/demo/icu1/bed-01/mon1/vitals").ToArray();
        Assert.Equal((2, server.Messages.Count), (report.Beds, report.Sent));
        Assert.Equal(server.Messages.Count(server.Acknowledges), report.Acknowledged);
        Assert.Equal(server.Messages.Sum(m => m.Topic.Length + m.Payload.Length), report.Bytes);
        Assert.InRange(report.Seconds, 1.5, 8);
        Assert.NotNull(report.PublishToAckMs.P99);
        var lines = File.ReadAllLines(ledger).Select(l => JsonDocument.Parse(l).RootElement).ToDictionary(l => l.GetProperty("topic").GetString()!);
        Assert.Equal(server.Messages.Select(m => m.Topic).Distinct().Count(), lines.Count);
        var ranges = lines[numbers[0].Topic].GetProperty("acknowledged").EnumerateArray().Select(r => (First: r[0].GetInt64(), Last: r[1].GetInt64())).ToArray();
        Assert.Equal((1, 2), ranges[0]);
        Assert.Equal(numbers.Count(m => m.Stamp.Seq % 3 != 0), ranges.Sum(r => r.Last - r.First + 1));
        Assert.Empty(File.ReadAllText(labels));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task RunAsync_End_TakesLeaveOfTheServer()
    {
        var server = new FakeConnector();
        var options = new SimulationOptions { To = Server, Beds = 3, For = TimeSpan.FromSeconds(0.5) };

        await Simulation.RunAsync(options, server, TimeProvider.System, TextWriter.Null, TestContext.Current.CancellationToken);

        var last = server.Messages.Where(m => m.Kind == "status").GroupBy(m => m.Topic).Select(g => Telemetry.Wire.DeviceStatus.Parser.ParseFrom(g.Last().Payload));
        // Two connections of each monitor, one of each gateway.
        Assert.Equal((9, 0), (server.Left, server.Aborted));
        Assert.All(last, s => Assert.Equal(Telemetry.Wire.DeviceStatus.Types.State.Offline, s.State));
    }

    [Fact]
    public async Task RunAsync_LifelineEnds_Ends()
    {
        using var lifeline = new MemoryStream([1, 2, 3]);
        var options = new SimulationOptions { To = Server, Beds = 1, Lifeline = lifeline };

        var report = await Simulation.RunAsync(options, new FakeConnector(), TimeProvider.System, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.InRange(report.Seconds, 0, 5);
    }

    [Fact]
    public async Task RunAsync_Cancelled_StillReports()
    {
        using var end = new CancellationTokenSource();
        await end.CancelAsync();

        var report = await Simulation.RunAsync(new() { To = Server, Beds = 1 }, new FakeConnector(), TimeProvider.System, TextWriter.Null, end.Token);

        Assert.Equal(1, report.Beds);
    }

    [Fact]
    public async Task RunAsync_WithGateways_EachReportsWhomItServes()
    {
        var server = new FakeConnector();
        var options = new SimulationOptions { To = Server, Beds = 2, For = TimeSpan.FromSeconds(1.5) };

        await Simulation.RunAsync(options, server, TimeProvider.System, TextWriter.Null, TestContext.Current.CancellationToken);

        var report = Telemetry.Wire.LinkReport.Parser.ParseFrom(server.Messages.First(m => m.Topic == "fieldnet/v1/demo/icu1/bed-02/gw1/link").Payload);
        Assert.Equal(("bed-02/mon1", Telemetry.Wire.LinkReport.Types.Registration.Connected, true), (report.Serves.Single(), report.Registration, report.OnMains));
        Assert.NotEqual(0ul, report.NrCellId);
    }

    [Theory]
    [InlineData("http://h:1", 12, 1, 0)]
    [InlineData("mqtt:nowhere", 12, 1, 0)]
    [InlineData("mqtt://h", 0, 1, 0)]
    [InlineData("mqtt://h", 12, 0, 0)]
    [InlineData("mqtt://h", 12, double.NaN, 0)]
    [InlineData("mqtt://h", 12, 1, 2)]
    public async Task RunAsync_BadOption_SaysWhich(string to, int beds, double rate, byte qos)
    {
        var options = new SimulationOptions { To = new(to), Beds = beds, Rate = rate, WaveQos = qos };

        await Assert.ThrowsAsync<SimulationException>(() => Simulation.RunAsync(options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_UnwritableLedger_SaysSoBeforeItSends()
    {
        var server = new FakeConnector();
        var options = new SimulationOptions { To = Server, Beds = 1, For = TimeSpan.FromSeconds(1), Acknowledged = "/nowhere/at/all.jsonl" };

        var error = await Assert.ThrowsAsync<SimulationException>(() => Simulation.RunAsync(options, server, TimeProvider.System, TextWriter.Null, default));

        Assert.Contains("/nowhere/at/all.jsonl", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }
}

using System.Security.Cryptography;
using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Scenarios;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;

namespace FieldNet.Bedside.Tests.Scenarios;

public sealed class ScenarioTests
{
    private const string Bed = "sim/icu1/bed-01";

    private static readonly DelayTrace Flat = DelayTraceReader.Parse("flat", ["pub_time(ms) delay(ms)", .. Enumerable.Range(0, 100).Select(n => $"{n * 50} {20 + (n % 3)}")])!;

    private static readonly SiteLayout Site = SiteDrawing.Draw(RandomExtensions.Fork(1, 1, 1), beds: 4);

    [Fact]
    public void Make_SameSeedAndNumber_GivesTheSameRecordsAndLabels()
    {
        for (int number = 1; number <= 5; number++)
        {
            Assert.Equal(Digest(new ScenarioGenerator(7, [Flat]).Make(number)), Digest(new ScenarioGenerator(7, [Flat]).Make(number)));
        }
        Assert.NotEqual(Digest(new ScenarioGenerator(7, [Flat]).Make(1)), Digest(new ScenarioGenerator(8, [Flat]).Make(1)));
    }

    [Fact]
    public void Make_Many_DrawsEveryKindAndCleanOnes()
    {
        var generator = new ScenarioGenerator(3, [Flat]);

        Scenario[] scenarios = [.. Enumerable.Range(1, 400).Select(generator.Make)];

        Assert.Equal(
            Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.Disconnect),
            scenarios.SelectMany(scenario => scenario.Faults).Select(fault => fault.What).Distinct().Order());
        Assert.InRange(scenarios.Count(scenario => scenario.Faults.Count == 0), 20, 70);
        Assert.All(scenarios.SelectMany(scenario => scenario.Faults), fault => Assert.True(fault.At >= ScenarioGenerator.WarmUp));
        Assert.All(scenarios, scenario => Assert.All(scenario.Labels.Where(label => !label.IsOptional), label => Assert.NotEmpty(label.Cause == "agent" ? ["agent"] : label.Beds)));
    }

    [Fact]
    public void Run_LogTime_NeverGoesBackAndNeverStandsStill()
    {
        long last = 0, longest = 0, number = 0;

        Run(Silent(Fault.Backhaul), (in LogRecord record) =>
        {
            Assert.True(record.LogTimeUs >= last && record.Number == ++number);
            longest = Math.Max(longest, last == 0 ? 0 : record.LogTimeUs - last);
            last = record.LogTimeUs;
        });

        Assert.InRange(longest, 0, 1_000_000);
    }

    [Fact]
    public void Run_CellDown_SilencesItsGatewaysAndNoOther()
    {
        var cell = Site.Cells[0];

        var heard = During(Silent(Fault.CellMark + cell.Name)).Where(record => record.Kind == RecordKind.Publish).Select(record => record.Subject).ToHashSet();

        Assert.All(Site.Gateways, gateway => Assert.Equal(gateway.Place.Cell != cell.Name, heard.Contains(gateway.Subject)));
        Assert.All(Site.Devices, device => Assert.Equal(device.Cell != cell.Name, heard.Contains(device.Subject)));
    }

    [Fact]
    public void Run_CoreDown_IsSaidByTheCoreOrItCantBeReached()
    {
        var reports = During(Silent(Fault.Core), from: 12).Where(record => record.Kind == RecordKind.Network).Select(record => NetworkReport.FromJson(record.Payload)!).ToArray();
        var unreached = During(Silent(Fault.Backhaul), from: 12).Where(record => record.Kind == RecordKind.Network).Select(record => NetworkReport.FromJson(record.Payload)!).ToArray();

        Assert.Contains(reports, report => report is { Kind: NetworkSourceKind.Amf, Core.Gnbs: 0 });
        Assert.Contains(reports, report => report is { Kind: NetworkSourceKind.Upf, Core.PfcpPeers: 0 });
        Assert.All(reports.Where(report => report.Kind == NetworkSourceKind.Gnb), report => Assert.True(report.Reached));
        Assert.All(unreached, report => Assert.False(report.Reached));
    }

    [Fact]
    public void Run_Loss_LeavesGapsInTheNumbers()
    {
        var waves = During(Of(FaultKind.Loss, Bed, 0.3)).Where(record => record.Topic.StartsWith($"fieldnet/v1/{Bed}/mon1/wave/MDC_ECG", StringComparison.Ordinal)).Select(record => record.Stamp.Seq).ToArray();

        Assert.InRange(1 - (waves.Length / (double)(waves[^1] - waves[0] + 1)), 0.1, 0.5);
        Assert.Equal(waves.Order(), waves);
    }

    [Theory]
    [InlineData(FaultKind.Reordering)]
    [InlineData(FaultKind.Duplicates)]
    public void Run_OutOfOrderOrTwice_LosesNothing(object what)
    {
        var kind = (FaultKind)what;
        var waves = During(Of(kind, Bed, 0.3), to: 60).Where(record => record.Topic.StartsWith($"fieldnet/v1/{Bed}/mon1/wave/MDC_ECG", StringComparison.Ordinal)).Select(record => record.Stamp.Seq).ToArray();

        Assert.Equal((int)(waves.Max() - waves.Min()) + 1, waves.Distinct().Count());
        Assert.Equal(kind == FaultKind.Duplicates, waves.Length > waves.Distinct().Count());
        Assert.Equal(kind == FaultKind.Reordering, waves.Zip(waves.Skip(1)).Any(pair => pair.Second < pair.First));
    }

    [Fact]
    public void Run_Latency_IsOnTopOfTheRecording()
    {
        var delays = During(Of(FaultKind.Latency, Bed, 250), from: 11).Where(IsMonitors).Select(DelayMs).ToArray();

        Assert.All(delays, ms => Assert.InRange(ms, 230, 300));
    }

    [Fact]
    public void Run_Burst_BringsNumbersAfterwardsAsHistory()
    {
        var fault = Of(FaultKind.Burst, Bed, 0);

        Assert.DoesNotContain(During(fault, from: 10.3), IsMonitors);
        var after = During(fault, from: 30, to: 32).Where(IsMonitors).ToArray();
        Assert.InRange(after.Count(record => record.Stamp.Historical), 15, 25);
        Assert.All(after.Where(record => record.Stamp.Historical), record => Assert.DoesNotContain("/wave/", record.Topic));
    }

    [Fact]
    public void Run_ClockStep_MovesTheStampsAndNothingElse()
    {
        var delays = During(Of(FaultKind.ClockStep, Bed + "/mon1", -5000)).Where(IsMonitors).Select(DelayMs).ToArray();

        Assert.All(delays, ms => Assert.InRange(ms, 4950, 5100));
    }

    [Fact]
    public void Run_GatewayOff_ComesBackOnNewConnectionsWithAnEpochOfItsOwn()
    {
        var gateway = Site.Gateways[0];
        var fault = Silent(gateway.Subject) with { Form = OutageForm.Off };

        var (before, after) = (During(fault, from: 5, to: 10), During(fault, from: 31, to: 40));

        Assert.DoesNotContain(During(fault, from: 10.2), record => record.Kind == RecordKind.Publish && record.Subject == gateway.Subject);
        Assert.Empty(before.Select(Connection).Intersect(after.Where(record => record.Subject == gateway.Subject).Select(Connection)));
        Assert.Equal(2u, LinkReport.Parser.ParseFrom(after.First(record => record.Subject == gateway.Subject && record.Topic.EndsWith("/link", StringComparison.Ordinal)).Payload).Stamp.Epoch);

        static long Connection(Taken record) => record.Connection;
    }

    [Fact]
    public void Run_WeakRadio_FallsInItsReports()
    {
        var gateway = Site.Gateways[0];
        double Rsrp(double from, double to) => During(Of(FaultKind.RadioWeak, gateway.Subject, 38), from, to)
            .Where(record => record.Topic.EndsWith("/link", StringComparison.Ordinal) && record.Subject == gateway.Subject).Select(record => LinkReport.Parser.ParseFrom(record.Payload).RsrpDbm).Average();

        Assert.InRange(Rsrp(2, 10) - Rsrp(13, 29), 30, 45);
    }

    [Fact]
    public void Of_NaturalStall_IsExcused()
    {
        var stalled = DelayTraceReader.Parse("s", ["pub_time(ms) delay(ms)", .. Enumerable.Range(0, 1200).Select(n => $"{n * 50} {(n is > 600 and < 640 ? 20 + (2 * 50 * (640 - n)) : 20)}")])!;
        var scenario = Make([], new PlayedDelay(stalled, 0));

        var silent = scenario.Labels.First(label => label is { What: "silent", Cause: "background" });

        Assert.True(silent.IsOptional);
        Assert.InRange((silent.StartUs - scenario.StartUs) / 1e6, 29, 31);
    }

    private static bool IsMonitors(Taken record) => record.Kind == RecordKind.Publish && record.Subject == Bed + "/mon1" && !record.Topic.EndsWith("/status", StringComparison.Ordinal);

    private static double DelayMs(Taken record) => (record.ReceiveTimeUs - record.Stamp.SentTimeUs) / 1000.0;

    private static Fault Silent(string subject) => Of(FaultKind.Silent, subject, 0);

    private static Fault Of(FaultKind what, string subject, double value) => new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), what, subject, value);

    private static Scenario Make(IReadOnlyList<Fault> faults, PlayedDelay? path = null) =>
        new(1, 2, 1_795_000_000_000_000, TimeSpan.FromSeconds(60), Site, [.. Site.Gateways.Select((_, n) => path ?? new PlayedDelay(Flat, n * 777_000))], faults);

    private static void Run(Fault fault, RecordAction apply) => Make([fault]).Run(apply, () => long.MaxValue);

    private static Taken[] During(Fault fault, double from = 10.1, double to = 29.9)
    {
        List<Taken> taken = [];
        Run(fault, (in LogRecord record) =>
        {
            double at = (record.LogTimeUs - 1_795_000_000_000_000) / 1e6;
            if (at >= from && at <= to)
            {
                taken.Add(Taken.Of(record));
            }
        });
        return [.. taken];
    }

    private static string Digest(Scenario scenario)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        scenario.Run(
            (in LogRecord record) =>
            {
                hash.AppendData(BitConverter.GetBytes(record.LogTimeUs ^ record.Connection));
                hash.AppendData(record.Topic.Utf8);
                hash.AppendData(record.Payload);
            },
            () => long.MaxValue);
        foreach (var label in scenario.Labels)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{label.What}{label.Subject}{label.StartUs}{label.EndUs}"));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>A record, kept.</summary>
    private sealed record Taken(RecordKind Kind, string Topic, string Subject, long Connection, long ReceiveTimeUs, byte[] Payload, Stamp Stamp)
    {
        public static Taken Of(in LogRecord record)
        {
            byte[] payload = record.Payload.ToArray();
            var stamp = record.Kind != RecordKind.Publish ? new Stamp() : record.Topic.Message switch
            {
                MessageKind.Wave => WaveChunk.Parser.ParseFrom(payload).Stamp,
                MessageKind.Vitals => Vitals.Parser.ParseFrom(payload).Stamp,
                MessageKind.Link => LinkReport.Parser.ParseFrom(payload).Stamp,
                MessageKind.Alarm => AlarmReport.Parser.ParseFrom(payload).Stamp,
                _ => DeviceStatus.Parser.ParseFrom(payload).Stamp,
            };
            return new(record.Kind, record.Topic.Name, record.Topic.Subject, record.Connection, record.ReceiveTimeUs, payload, stamp);
        }
    }
}

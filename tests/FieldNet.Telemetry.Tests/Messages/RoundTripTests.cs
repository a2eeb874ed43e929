using System.Text;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace FieldNet.Telemetry.Tests.Messages;

/// <summary>Random messages, written by the generated code as protobuf and as JSON, read by ours. FsCheck prints the seed that fails.</summary>
public sealed class RoundTripTests
{
    private static readonly JsonFormatter OriginalNames = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private static readonly Signal Pleth = SignalTable.Find("MDC_PULS_OXIM_PLETH")!;

    private readonly TelemetryDecoder _decoder = new();

    [Fact]
    public void ReadWave_RandomChunk_AgreesWithGeneratedCode() => ForEachSeed(random =>
    {
        var wire = random.Wave();
        foreach (var (payload, format) in Forms(wire))
        {
            Assert.Equal(Refusal.None, _decoder.ReadWave(payload, format, Pleth, out var chunk));
            Agreement.Check(wire, chunk);
        }
    });

    [Fact]
    public void ReadVitals_RandomNumbers_AgreesWithGeneratedCode()
    {
        var vitals = new Vitals();
        ForEachSeed(random => Check(random.Vitals(), (payload, format) => _decoder.ReadVitals(payload, format, vitals), wire => Agreement.Check(wire, vitals)));
    }

    [Fact]
    public void ReadAlarms_RandomReport_AgreesWithGeneratedCode()
    {
        var report = new AlarmReport();
        ForEachSeed(random =>
        {
            var wire = random.Any<Wire.AlarmReport>();
            foreach (var condition in wire.Conditions)
            {
                condition.Id += "1";
            }

            wire.Conditions.Where(condition => condition.Id.Length > 512).ToList().ForEach(condition => condition.Id = "long");
            Check(wire, (payload, format) => _decoder.ReadAlarms(payload, format, report), sent => Agreement.Check(sent, report));
        });
    }

    [Fact]
    public void ReadStatus_RandomStatus_AgreesWithGeneratedCode()
    {
        var status = new DeviceStatus();
        ForEachSeed(random => Check(
            random.Any<Wire.DeviceStatus>(), (payload, format) => _decoder.ReadStatus(payload, format, status), wire => Agreement.Check(wire, status)));
    }

    [Fact]
    public void ReadLink_RandomReport_AgreesWithGeneratedCode()
    {
        var report = new LinkReport();
        ForEachSeed(random => Check(
            random.Any<Wire.LinkReport>(), (payload, format) => _decoder.ReadLink(payload, format, report), wire => Agreement.Check(wire, report)));
    }

    private static void Check<T>(T wire, Func<byte[], PayloadFormat, Refusal> read, Action<T> agree)
        where T : IMessage
    {
        foreach (var (payload, format) in Forms(wire))
        {
            Assert.Equal(payload.Length == 0 ? Refusal.PayloadEmpty : Refusal.None, read(payload, format));
            if (payload.Length > 0)
            {
                agree(wire);
            }
        }
    }

    private static IEnumerable<(byte[] Payload, PayloadFormat Format)> Forms(IMessage wire) =>
    [
        (wire.ToByteArray(), PayloadFormat.Protobuf),
        (Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(wire)), PayloadFormat.Json),
        (Encoding.UTF8.GetBytes(OriginalNames.Format(wire)), PayloadFormat.Detect),
    ];

    private static void ForEachSeed(Action<RandomWire> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new RandomWire(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}

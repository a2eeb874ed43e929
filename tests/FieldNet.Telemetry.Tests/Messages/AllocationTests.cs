using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using Google.Protobuf;

namespace FieldNet.Telemetry.Tests.Messages;

public sealed class AllocationTests
{
    private readonly TelemetryDecoder _decoder = new();

    [Fact]
    public void ReadWave_Protobuf_AllocatesNothing()
    {
        var wave = new RandomWire(seed: 1).Wave();
        wave.Unit = "{private}";
        var payload = wave.ToByteArray();
        var signal = SignalTable.Find("ACME_WAVE")!;

        Assert.Equal(0, AllocatedBy(() => _decoder.ReadWave(payload, PayloadFormat.Detect, signal, out _)));
    }

    [Fact]
    public void ReadVitals_Protobuf_AllocatesNothing()
    {
        // By name, by code, by an other name, with a unit to convert, private, and refused.
        var payload = new Wire.Vitals
        {
            Stamp = new() { Epoch = 1, Seq = 42, DeviceTimeUs = 1_795_000_000_000_000 },
            Numerics =
            {
                new Wire.Numeric { Signal = "MDC_ECG_HEART_RATE", Mdc = 147842, Value = 72, Unit = "{beat}/min" },
                new Wire.Numeric { Mdc = 150456, Value = 97 },
                new Wire.Numeric { Signal = "MDC_CONC_AWAY_CO2_ET", Value = 5, Unit = "kPa" },
                new Wire.Numeric { Signal = "ACME_INDEX", Value = 5 },
                new Wire.Numeric { Signal = "MDC_TEMP", Value = -999, Unit = "°C" },
                new Wire.Numeric { Signal = "not a name", Value = 1 },
            },
        }.ToByteArray();
        var vitals = new Vitals();

        Assert.Equal(0, AllocatedBy(() => _decoder.ReadVitals(payload, PayloadFormat.Detect, vitals)));
        Assert.Equal(6, vitals.Count);
    }

    private static long AllocatedBy(Func<Refusal> read)
    {
        // Once to intern what is new and to build what is built once.
        Assert.Equal(Refusal.None, read());
        var refusal = Refusal.None;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            refusal = read();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Refusal.None, refusal);
        return allocated;
    }
}

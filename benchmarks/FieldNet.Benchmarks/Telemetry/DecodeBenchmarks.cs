using BenchmarkDotNet.Attributes;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using Google.Protobuf;
using Wire = FieldNet.Telemetry.Wire;

namespace FieldNet.Benchmarks.Telemetry;

/// <summary>Question: what does reading one message cost, in place against Google.Protobuf's objects?</summary>
/// <remarks>Budget: 0 B for the decoder. A full bed sends about 30 waves and one or two vitals messages a second.</remarks>
[MemoryDiagnoser, BenchmarkCategory("micro", "telemetry")]
public class DecodeBenchmarks
{
    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();
    private readonly Signal _ecg = SignalTable.Find("MDC_ECG_ELEC_POTL_II")!;
    private byte[] _wavePayload = [];
    private byte[] _vitalsPayload = [];

    [GlobalSetup]
    public void Setup()
    {
        var stamp = new Wire.Stamp { Epoch = 3, Seq = 123_456, DeviceTimeUs = 1_795_000_000_000_000, SentTimeUs = 1_795_000_000_256_000, Mode = Wire.Stamp.Types.Mode.Demo };

        // 256 ms of ECG at 500 Hz.
        _wavePayload = new Wire.WaveChunk { Stamp = stamp, SamplePeriodUs = 2000, Gain = 0.005, Unit = "mV", Samples = ByteString.CopyFrom(new byte[256]) }.ToByteArray();

        var numerics = SignalTable.All.Where(signal => signal.Kind == SignalKind.Numeric).Take(12)
            .Select(signal => new Wire.Numeric { Signal = signal.Id, Mdc = signal.Code, Value = 42, Unit = signal.Unit });
        _vitalsPayload = new Wire.Vitals { Stamp = stamp, Numerics = { numerics } }.ToByteArray();
    }

    [Benchmark]
    public int Wave()
    {
        var refusal = _decoder.ReadWave(_wavePayload, PayloadFormat.Detect, _ecg, out var chunk);
        return refusal == Refusal.None ? chunk.Count : -1;
    }

    [Benchmark]
    public int WaveByGoogleProtobuf() => Wire.WaveChunk.Parser.ParseFrom(_wavePayload).Samples.Length;

    [Benchmark]
    public int TwelveVitals()
    {
        var refusal = _decoder.ReadVitals(_vitalsPayload, PayloadFormat.Detect, _vitals);
        return refusal == Refusal.None ? _vitals.Count : -1;
    }

    [Benchmark]
    public int TwelveVitalsByGoogleProtobuf() => Wire.Vitals.Parser.ParseFrom(_vitalsPayload).Numerics.Count;
}

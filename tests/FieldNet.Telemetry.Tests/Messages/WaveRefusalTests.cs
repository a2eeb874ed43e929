using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using Google.Protobuf;

namespace FieldNet.Telemetry.Tests.Messages;

public sealed class WaveRefusalTests
{
    private static readonly Signal Ecg = SignalTable.Find("MDC_ECG_ELEC_POTL_II")!;

    private readonly TelemetryDecoder _decoder = new();

    [Theory]
    [InlineData(0, Refusal.SamplePeriodInvalid)]
    [InlineData(-2000, Refusal.SamplePeriodInvalid)]
    [InlineData(double.NaN, Refusal.SamplePeriodInvalid)]
    [InlineData(double.PositiveInfinity, Refusal.SamplePeriodInvalid)]
    [InlineData(10_000_001, Refusal.SamplePeriodInvalid)]
    [InlineData(10_000_000, Refusal.None)]
    public void ReadWave_SamplePeriod_IsJudged(double periodUs, Refusal refusal) => Assert.Equal(refusal, Read(wave => wave.SamplePeriodUs = periodUs, samples: 1));

    [Theory]
    [InlineData(0, Refusal.GainInvalid)]
    [InlineData(double.NaN, Refusal.GainInvalid)]
    [InlineData(double.NegativeInfinity, Refusal.GainInvalid)]
    [InlineData(1e305, Refusal.GainInvalid)]
    [InlineData(-0.005, Refusal.None)]
    public void ReadWave_Gain_IsJudged(double gain, Refusal refusal) => Assert.Equal(refusal, Read(wave => wave.Gain = gain));

    [Fact]
    public void ReadWave_OffsetNotFinite_IsRefused() => Assert.Equal(Refusal.GainInvalid, Read(wave => wave.Offset = double.NaN));

    [Theory]
    [InlineData(0, Refusal.SamplesInvalid)]
    [InlineData(1, Refusal.SamplesInvalid)]
    [InlineData(9_999, Refusal.SamplesInvalid)]
    [InlineData(10_000, Refusal.None)]
    [InlineData(10_002, Refusal.SamplesInvalid)]
    public void ReadWave_SampleBytesAt500Hz_AreJudged(int bytes, Refusal refusal) =>
        Assert.Equal(refusal, Read(wave => wave.Samples = ByteString.CopyFrom(new byte[bytes])));

    [Fact]
    public void ReadWave_TenSecondsAtAPeriodThatRounds_IsTaken() =>
        Assert.Equal(Refusal.None, Read(wave => wave.SamplePeriodUs = 1e6 / 360, samples: 3600));

    [Fact]
    public void ReadWave_OtherUnit_ScalesGainAndOffset()
    {
        var wave = Sound(10);
        wave.Unit = "uV";
        wave.Offset = 500;

        Assert.Equal(Refusal.None, _decoder.ReadWave(wave.ToByteArray(), PayloadFormat.Protobuf, Ecg, out var chunk));

        Assert.Equal((0.000005, 0.5), (chunk.Gain, chunk.Offset));
    }

    [Fact]
    public void ReadWave_UnknownUnit_IsRefused() => Assert.Equal(Refusal.UnitUnknown, Read(wave => wave.Unit = "mm[Hg]"));

    [Fact]
    public void ReadWave_UnknownValidity_IsInvalid()
    {
        var wave = Sound(10);
        wave.Validity = (Wire.Validity)42;

        Assert.Equal(Refusal.None, _decoder.ReadWave(wave.ToByteArray(), PayloadFormat.Protobuf, Ecg, out var chunk));

        Assert.Equal(Validity.Invalid, chunk.Validity);
    }

    [Fact]
    public void ReadWave_StampInTwoPieces_IsMerged()
    {
        byte[] first = new Wire.WaveChunk { Stamp = new() { Epoch = 7, Seq = 1 } }.ToByteArray();
        byte[] last = new Wire.WaveChunk { Stamp = new() { Seq = 2, Historical = true } }.ToByteArray();

        var refusal = _decoder.ReadWave([.. first, .. Sound(4).ToByteArray(), .. last], PayloadFormat.Detect, Ecg, out var chunk);

        Assert.Equal(Refusal.None, refusal);
        Assert.Equal((7u, 2ul, true), (chunk.Stamp.Epoch, chunk.Stamp.Seq, chunk.Stamp.Historical));
        Assert.False(chunk.Stamp.HasDeviceTime);
    }

    private static Wire.WaveChunk Sound(int samples) =>
        new() { SamplePeriodUs = 2000, Gain = 0.005, Samples = ByteString.CopyFrom(new byte[2 * samples]) };

    private Refusal Read(Action<Wire.WaveChunk> change, int samples = 100)
    {
        var wave = Sound(samples);
        change(wave);
        return _decoder.ReadWave(wave.ToByteArray(), PayloadFormat.Protobuf, Ecg, out _);
    }
}

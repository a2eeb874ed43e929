using FieldNet.Telemetry.Messages;
using Google.Protobuf;
using Numeric = FieldNet.Telemetry.Wire.Numeric;

namespace FieldNet.Telemetry.Tests.Messages;

public sealed class VitalsRefusalTests
{
    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();

    [Fact]
    public void ReadVitals_OneBadNumber_LeavesTheOthers()
    {
        Read(Of("MDC_ECG_HEART_RATE", 72), Of("MDC_PULS_OXIM_SAT_O2", 997), Of("MDC_TEMP", 37.2));

        Assert.Equal((Refusal.None, true, 72.0), Outcome(0));
        Assert.Equal((Refusal.ValueOutOfRange, false), (_vitals.Numerics[1].Refusal, _vitals.Numerics[1].HasValue));
        Assert.Equal("MDC_PULS_OXIM_SAT_O2", _vitals.Numerics[1].Signal.Id);
        Assert.Equal((Refusal.None, true, 37.2), Outcome(2));
    }

    [Theory]
    [InlineData("MDC_ECG_HEART_RATE", -999, Refusal.ValueSentinel)]
    [InlineData("MDC_TEMP", -99.9, Refusal.ValueSentinel)]
    [InlineData("MDC_TEMP", -99.9f, Refusal.ValueSentinel)]
    [InlineData("MDC_PRESS_BLD_ART_ABP_SYS", -100, Refusal.ValueSentinel)]
    [InlineData("ACME_INDEX", -999, Refusal.ValueSentinel)]
    [InlineData("MDC_FLOW_AWAY", -100, Refusal.None)]
    [InlineData("MDC_ECG_HEART_RATE", -1, Refusal.ValueOutOfRange)]
    [InlineData("MDC_ECG_HEART_RATE", 401, Refusal.ValueOutOfRange)]
    [InlineData("MDC_ECG_HEART_RATE", 0, Refusal.None)]
    [InlineData("MDC_ECG_HEART_RATE", 400, Refusal.None)]
    [InlineData("MDC_ECG_HEART_RATE", double.NaN, Refusal.ValueOutOfRange)]
    [InlineData("ACME_INDEX", double.NaN, Refusal.ValueOutOfRange)]
    [InlineData("MDC_PULS_OXIM_PLETH", double.PositiveInfinity, Refusal.ValueOutOfRange)]
    [InlineData("MDC_PRESS_BLD_VEN_CENT_MEAN", -5, Refusal.None)]
    public void ReadVitals_Value_IsJudgedByWhatItsSignalCanBe(string signal, double value, Refusal refusal)
    {
        Read(Of(signal, value));

        Assert.Equal((refusal, refusal == Refusal.None), (_vitals.Numerics[0].Refusal, _vitals.Numerics[0].HasValue));
    }

    [Theory]
    [InlineData("", 0, Refusal.SignalMissing, "")]
    [InlineData("no such name", 0, Refusal.SignalMissing, "")]
    [InlineData("", 147842, Refusal.None, "MDC_ECG_HEART_RATE")]
    [InlineData("", 262145, Refusal.None, "CODE_262145")]
    [InlineData("MDC_ECG_HEART_RATE", 147842, Refusal.None, "MDC_ECG_HEART_RATE")]
    [InlineData("MDC_ECG_CARD_BEAT_RATE", 147842, Refusal.None, "MDC_ECG_HEART_RATE")]
    [InlineData("MDC_AWAY_CO2_ET", 151708, Refusal.None, "MDC_AWAY_CO2_ET")]
    [InlineData("ACME_INDEX", 262145, Refusal.None, "ACME_INDEX")]
    [InlineData("MDC_ECG_HEART_RATE", 150456, Refusal.SignalInconsistent, "MDC_ECG_HEART_RATE")]
    [InlineData("MDC_ECG_HEART_RATE", 1, Refusal.SignalInconsistent, "MDC_ECG_HEART_RATE")]
    [InlineData("ACME_INDEX", 150456, Refusal.SignalInconsistent, "ACME_INDEX")]
    public void ReadVitals_NameAndCode_MustAgree(string name, uint code, Refusal refusal, string id)
    {
        Read(new Numeric { Signal = name, Mdc = code, Value = 50 });

        Assert.Equal((refusal, id), (_vitals.Numerics[0].Refusal, _vitals.Numerics[0].Signal.Id));
        Assert.Equal(refusal == Refusal.None, _vitals.Numerics[0].HasValue);
    }

    [Theory]
    [InlineData("MDC_ECG_HEART_RATE", "{beat}/min", 72, 72)]
    [InlineData("MDC_ECG_HEART_RATE", "Hz", 1.5, 90)]
    [InlineData("MDC_RESP_RATE", "{breaths}/min", 14, 14)]
    [InlineData("MDC_PRESS_BLD_ART_ABP_SYS", "kPa", 16, 120.0098)]
    [InlineData("MDC_AWAY_CO2_ET", "kPa", 5, 37.5031)]
    [InlineData("MDC_PRESS_BLD_VEN_CENT_MEAN", "cm[H2O]", 10, 7.3556)]
    [InlineData("MDC_VENT_PRESS_AWAY_END_EXP_POS", "mbar", 5, 5.0986)]
    [InlineData("MDC_TEMP", "[degF]", 98.6, 37)]
    [InlineData("MDC_TEMP", "degF", 98.6, 37)]
    [InlineData("MDC_TEMP", "K", 310.15, 37)]
    [InlineData("MDC_TEMP", "°C", 37, 37)]
    [InlineData("MDC_PULS_OXIM_SAT_O2", "1", 0.97, 97)]
    [InlineData("MDC_RATIO_IE", "%", 50, 0.5)]
    [InlineData("MDC_PULS_OXIM_PERF_REL", "1", 2.3, 2.3)]
    [InlineData("MDC_ECG_AMPL_ST_II", "mV", 0.15, 1.5)]
    [InlineData("MDC_VOL_AWAY_TIDAL", "L", 0.45, 450)]
    [InlineData("MDC_FLOW_FLUID_PUMP", "mL/min", 2, 120)]
    [InlineData("MDC_TIME_PD_REMAIN", "min", 2, 120)]
    [InlineData("MDC_RATE_DOSE", "mg/kg/h", 0.06, 1)]
    [InlineData("ACME_INDEX", "anything", 5, 5)]
    public void ReadVitals_KnownUnit_IsConvertedToTheUsual(string signal, string unit, double sent, double usual)
    {
        var numeric = Of(signal, sent);
        numeric.Unit = unit;

        Read(numeric);

        Assert.Equal(Refusal.None, _vitals.Numerics[0].Refusal);
        Assert.Equal(usual, _vitals.Numerics[0].Value, 3);
    }

    [Theory]
    [InlineData("MDC_ECG_HEART_RATE", "mm[Hg]")]
    [InlineData("MDC_AWAY_CO2_ET", "%")]
    [InlineData("MDC_TEMP", "C")]
    [InlineData("MDC_PUMP_STAT", "mL")]
    [InlineData("MDC_TEMP", "a unit with a name that is longer than any unit")]
    public void ReadVitals_UnknownUnit_RefusesTheNumber(string signal, string unit)
    {
        var numeric = Of(signal, 36);
        numeric.Unit = unit;

        Read(numeric);

        Assert.Equal((Refusal.UnitUnknown, false), (_vitals.Numerics[0].Refusal, _vitals.Numerics[0].HasValue));
    }

    [Fact]
    public void ReadVitals_NoValue_IsNotARefusal()
    {
        Read(new Numeric { Signal = "MDC_TEMP", Validity = Wire.Validity.NotAvailable });

        Assert.Equal((Refusal.None, false, Validity.NotAvailable), (_vitals.Numerics[0].Refusal, _vitals.Numerics[0].HasValue, _vitals.Numerics[0].Validity));
    }

    [Theory]
    [InlineData(256, Refusal.None)]
    [InlineData(257, Refusal.TooManyItems)]
    public void ReadVitals_AtTheLimitOfNumbers_IsJudged(int count, Refusal refusal)
    {
        var message = new Wire.Vitals();
        message.Numerics.AddRange(Enumerable.Repeat(Of("MDC_TEMP", 37), count));

        Assert.Equal(refusal, _decoder.ReadVitals(message.ToByteArray(), PayloadFormat.Protobuf, _vitals));
    }

    [Fact]
    public void ReadVitals_TextOverTheLimit_IsTooLong()
    {
        var message = new Wire.Vitals { Numerics = { Of(new string('A', 513), 1) } };

        Assert.Equal(Refusal.TextTooLong, _decoder.ReadVitals(message.ToByteArray(), PayloadFormat.Protobuf, _vitals));
    }

    [Fact]
    public void ReadVitals_WholePayloads_AreJudgedFirst()
    {
        Assert.Equal(Refusal.PayloadEmpty, _decoder.ReadVitals([], PayloadFormat.Json, _vitals));
        Assert.Equal(Refusal.PayloadTooLarge, _decoder.ReadVitals(new byte[TelemetryDecoder.MaxPayloadBytes + 1], PayloadFormat.Detect, _vitals));
        Assert.Equal(Refusal.ContentTypeUnknown, _decoder.ReadVitals("{}"u8, PayloadFormat.Unknown, _vitals));
    }

    private static Numeric Of(string signal, double value) => new() { Signal = signal, Value = value };

    private (Refusal, bool, double) Outcome(int i) => (_vitals.Numerics[i].Refusal, _vitals.Numerics[i].HasValue, _vitals.Numerics[i].Value);

    private void Read(params Numeric[] numerics)
    {
        var message = new Wire.Vitals { Numerics = { numerics } };

        Assert.Equal(Refusal.None, _decoder.ReadVitals(message.ToByteArray(), PayloadFormat.Protobuf, _vitals));
        Assert.Equal(numerics.Length, _vitals.Count);
    }
}

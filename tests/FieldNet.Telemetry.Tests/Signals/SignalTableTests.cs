using System.Text;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Units;

namespace FieldNet.Telemetry.Tests.Signals;

public sealed class SignalTableTests
{
    [Fact]
    public void All_EverySignal_IsFoundByNameBytesAndCode()
    {
        foreach (var signal in SignalTable.All)
        {
            Assert.Same(signal, SignalTable.Find(signal.Id));
            Assert.Same(signal, SignalTable.Find(Encoding.UTF8.GetBytes(signal.Id)));
            Assert.Same(signal, SignalTable.Find(signal.Code));
        }
    }

    [Fact]
    public void All_IdsAndCodes_AreUnique()
    {
        Assert.Equal(SignalTable.All.Count, SignalTable.All.DistinctBy(signal => signal.Id).Count());
        Assert.Equal(SignalTable.All.Count, SignalTable.All.DistinctBy(signal => signal.Code).Count());
    }

    [Fact]
    public void All_Labels_AreThereShortAndTellApart()
    {
        foreach (var signal in SignalTable.All)
        {
            Assert.InRange(signal.LabelEn.Length, 1, 12);
            Assert.InRange(signal.LabelFr.Length, 1, 12);
        }

        foreach (var kind in SignalTable.All.GroupBy(signal => signal.Kind))
        {
            Assert.Equal(kind.Count(), kind.DistinctBy(signal => signal.LabelEn).Count());
            Assert.Equal(kind.Count(), kind.DistinctBy(signal => signal.LabelFr).Count());
        }
    }

    [Fact]
    public void All_Bounds_AreInOrder() => Assert.All(SignalTable.All, signal => Assert.True(signal.Lowest < signal.Highest, signal.Id));

    [Fact]
    public void All_Units_AreInTheTableOfUnits()
    {
        var units = KnownUnits.Rows.SelectMany(unit => unit.Names).ToHashSet();

        Assert.All(SignalTable.All, signal => Assert.True(signal.Unit.Length == 0 || units.Contains(signal.Unit), signal.Id));
    }

    [Theory]
    [InlineData("MDC_ECG_HEART_RATE", "HR", "FC")]
    [InlineData("MDC_PULS_OXIM_SAT_O2", "SpO2", "SpO2")]
    [InlineData("MDC_RESP_RATE", "RR", "FR")]
    [InlineData("MDC_PULS_RATE", "Pulse", "Pouls")]
    [InlineData("MDC_PRESS_BLD_ART_ABP_SYS", "ABP sys", "PAs")]
    [InlineData("MDC_VENT_PRESS_AWAY_END_EXP_POS", "PEEP", "PEP")]
    public void Find_TileSignal_HasItsLabels(string id, string en, string fr)
    {
        var signal = SignalTable.Find(id)!;

        Assert.Equal((en, fr), (signal.LabelEn, signal.LabelFr));
    }

    [Theory]
    [InlineData("MDC_ECG_CARD_BEAT_RATE", 147842, "MDC_ECG_HEART_RATE")]
    [InlineData("MDC_BLD_PERF_INDEX", 150488, "MDC_PULS_OXIM_PERF_REL")]
    [InlineData("MDC_CONC_AWAY_CO2_ET", 151708, "MDC_AWAY_CO2_ET")]
    [InlineData("MDC_CONC_AWAY_CO2", 151700, "MDC_AWAY_CO2")]
    public void Find_OtherName_IsTheSameSignal(string other, uint code, string id)
    {
        Assert.Same(SignalTable.Find(id), SignalTable.Find(other));
        Assert.Same(SignalTable.Find(id), SignalTable.Find(code));
    }

    [Fact]
    public void Find_PrivateName_IsInternedAndNeverInterpreted()
    {
        var signal = SignalTable.Find("ACME_BRAIN_INDEX")!;

        Assert.False(signal.IsStandard);
        Assert.Equal((SignalKind.Unknown, 0u, "ACME_BRAIN_INDEX"), (signal.Kind, signal.Code, signal.LabelFr));
        Assert.Same(signal, SignalTable.Find("ACME_BRAIN_INDEX"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AB")]
    [InlineData("acme_index")]
    [InlineData("1ACME")]
    [InlineData("_ACME")]
    [InlineData("ACME-INDEX")]
    [InlineData("ACME_É")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Find_IllFormedName_IsNull(string name)
    {
        Assert.Null(SignalTable.Find(name));
        Assert.Null(SignalTable.Find(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Find_UnknownCode_IsNull() => Assert.Null(SignalTable.Find(4_000_000_000));

    [Fact]
    public void TryIntern_PastCapacity_KeepsTheKnownAndTakesNoMore()
    {
        var privates = new PrivateSignals(capacity: 2);
        Assert.True(privates.TryIntern("FIRST", 0, out var first));
        Assert.True(privates.TryIntern(4_000_000_000, out var second));

        Assert.False(privates.TryIntern("THIRD", 0, out _));

        Assert.True(privates.TryIntern("FIRST", 0, out var again));
        Assert.Same(first, again);
        Assert.Equal(("CODE_4000000000", 4_000_000_000), (second.Id, second.Code));
    }
}

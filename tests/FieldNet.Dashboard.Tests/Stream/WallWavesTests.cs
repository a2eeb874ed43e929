using FieldNet.Dashboard.Stream;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Stream;

public sealed class WallWavesTests
{
    [Theory]
    [InlineData("V I II PLETH ABP", "II PLETH")]
    [InlineData("ABP V", "V ABP")]
    [InlineData("RESP PLETH", "PLETH RESP")]
    [InlineData("I II", "II I")]
    [InlineData("RESP", "RESP")]
    [InlineData("", "")]
    public void Choose_OfABedsWaves_TakesAnEcgThenAPulseThenAnything(string sent, string chosen) =>
        Assert.Equal(Ids(chosen), WallWaves.Choose(FakeWard.Bed(0, waves: [.. Ids(sent)]).Waves).Select(wave => wave.Signal.Id));

    private static IEnumerable<string> Ids(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word switch
    {
        "PLETH" => "MDC_PULS_OXIM_PLETH",
        "ABP" => "MDC_PRESS_BLD_ART_ABP",
        "RESP" => "MDC_IMPED_TTHOR",
        var lead => $"MDC_ECG_ELEC_POTL_{lead}",
    });
}

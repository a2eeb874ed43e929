using FieldNet.LoadBench.Nab;

namespace FieldNet.Detection.Tests.Nab;

/// <summary>The rules of NAB on cases worked out by hand: 100 observations, of which 15 are for learning, and windows of ten.</summary>
public sealed class NabScorerTests
{
    private static readonly NabProfile Standard = new("standard", 1, 1, 0.11);
    private static readonly NabSeries Series = Of("a/one.csv", new NabWindow(40, 49));

    [Fact]
    public void Normalise_NothingFound_Is0()
    {
        var scores = new double[100];
        var threshold = NabScorer.BestThreshold([Series], [scores], Standard);

        Assert.Equal(NabScorer.NoDetection, threshold);
        Assert.Equal(0, NabScorer.Normalise(NabScorer.Score(Series, scores, Standard, threshold), 1, Standard));
    }

    [Fact]
    public void Normalise_EachWindowFoundAtItsStart_Is100()
    {
        var scores = Detections(40);
        var threshold = NabScorer.BestThreshold([Series], [scores], Standard);

        Assert.Equal(1, threshold);
        Assert.Equal(100, NabScorer.Normalise(NabScorer.Score(Series, scores, Standard, threshold), 1, Standard), 1e-9);
    }

    [Theory]
    [InlineData(40, 1.0)]
    [InlineData(45, 0.859793)]
    [InlineData(49, 0.248242)]
    public void Score_DetectionInWindow_FallsOffToItsEnd(int index, double expected) => Assert.Equal(expected, Score(index), 1e-5);

    [Theory]
    [InlineData(20, -0.11)] // before any window
    [InlineData(50, -0.029793)] // the first behind it: 1/9 of a window away
    [InlineData(58, -0.108528)] // a window away
    [InlineData(80, -0.11)] // far behind
    public void Score_FalseAlarm_CostsLessJustBehindAWindow(int index, double cost) => Assert.Equal(-1 + cost, Score(index), 1e-5);

    [Fact]
    public void Score_DetectionWhileLearning_IsNotCounted() => Assert.Equal(-1, Score(14));

    [Fact]
    public void Score_SeveralDetectionsInAWindow_TheEarliestCountsOnce() => Assert.Equal(Score(42), Score(47, 42, 49), 1e-9);

    [Fact]
    public void Score_MissedWindow_CostsItsWeightOfTheProfile() =>
        Assert.Equal(-2, NabScorer.Score(Series, new double[100], new NabProfile("low FN", 1, 2, 0.11), 0.5));

    [Fact]
    public void BestThreshold_TwoSeries_IsOneForBoth()
    {
        // At 0.9 one window of two is found; at 0.5 both, with one false alarm in the first series.
        var (first, second) = (Detections(40), new double[100]);
        first[20] = 0.6;
        second[40] = 0.5;
        NabSeries[] both = [Series, Of("a/two.csv", new NabWindow(40, 49))];

        Assert.Equal(0.5, NabScorer.BestThreshold(both, [first, second], Standard));
        Assert.Equal(0.5, NabScorer.BestThreshold(both, [first, second], Standard with { FalseWeight = 1.5 }));
        Assert.Equal(1, NabScorer.BestThreshold(both, [first, second], Standard with { FalseWeight = 2.5 }));
    }

    [Fact]
    public void Probation_LongSeries_IsAtMost750() => Assert.Equal(750, Of("a/long.csv", 22_695).Probation);

    [Fact]
    public void ScaledSigmoid_WindowEnd_Is0() => Assert.Equal(0, NabScorer.ScaledSigmoid(0), 1e-12);

    private static double Score(params int[] detections) => NabScorer.Score(Series, Detections(detections), Standard, 0.5);

    private static double[] Detections(params int[] indices)
    {
        var scores = new double[100];
        foreach (var index in indices)
        {
            scores[index] = 1;
        }

        return scores;
    }

    private static NabSeries Of(string name, params NabWindow[] windows) => Of(name, 100, windows);

    private static NabSeries Of(string name, int length, params NabWindow[] windows) => new(name, new DateTime[length], new double[length], windows);
}

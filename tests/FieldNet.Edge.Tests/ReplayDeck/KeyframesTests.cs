using FieldNet.Edge.ReplayDeck;

namespace FieldNet.Edge.Tests.ReplayDeck;

public sealed class KeyframesTests
{
    private const long SecondUs = 1_000_000;

    private readonly Keyframes _frames = new();

    [Fact]
    public void Before_ATime_TheLastOneThatIsNotBehindIt()
    {
        for (var s = 0; s <= 60; s++)
        {
            _frames.Offer(s * SecondUs, number: s, () => [1]);
        }

        Assert.Equal(20 * SecondUs, _frames.Before(29 * SecondUs)?.TimeUs);
        Assert.Null(_frames.Before(-1));
    }

    [Fact]
    public void Offer_ALongCapture_KeepsABoundedNumberFromEndToEnd()
    {
        var saved = 0;
        const int hours = 72;
        for (var s = 0L; s < hours * 3600; s++)
        {
            _frames.Offer(s * SecondUs, s, () => [(byte)(saved++ % 2)]);
        }

        var seen = new HashSet<long>();
        for (var s = 0L; s < hours * 3600; s += 60)
        {
            seen.Add(_frames.Before(s * SecondUs)!.TimeUs);
        }

        Assert.InRange(seen.Count, Keyframes.MaxFrames / 4, Keyframes.MaxFrames);
        Assert.InRange(saved, 1, 10 * Keyframes.MaxFrames);
    }

    [Fact]
    public void Offer_LargeStates_StayBelowTheBytes()
    {
        var large = new byte[Keyframes.MaxBytes / 4];
        var kept = new HashSet<long>();
        for (var i = 0; i < 40; i++)
        {
            _frames.Offer(i * 100 * SecondUs, i, () => large);
        }

        for (var i = 0; i < 40; i++)
        {
            kept.Add(_frames.Before(i * 100 * SecondUs)?.TimeUs ?? -1);
        }

        Assert.InRange(kept.Count, 1, 5);
    }
}

using FieldNet.Capture.Sequencing;

namespace FieldNet.Capture.Tests.Sequencing;

public sealed class WatchdogTests
{
    private readonly ManualTime _time = new();
    private readonly ProcessorBeat _beat = new();
    private int _fired;

    [Fact]
    public void Check_TenSecondsWithoutABeat_FiresOnce()
    {
        using var watchdog = Watch();

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0, _fired);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Check_BeatsNowAndThen_NeverFires()
    {
        using var watchdog = Watch();

        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(9));
            _beat.Beat();
        }

        Assert.Equal(0, _fired);
    }

    private Watchdog Watch() => new(_beat, TimeSpan.FromSeconds(10), _time, () => _fired++);
}

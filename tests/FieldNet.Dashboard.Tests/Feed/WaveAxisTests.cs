using FieldNet.Dashboard.Feed;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Dashboard.Tests.Feed;

public sealed class WaveAxisTests
{
    private const double PeriodUs = 4000;
    private const int Count = 50;
    private const long ChunkUs = 200_000;
    private const long Start = 1_000_000_000;

    /// <summary>The device's clock is an hour ahead of the log's.</summary>
    private const long Ahead = 3_600_000_000;

    private readonly WaveAxis _axis = new(new DeviceClock());

    [Fact]
    public void Place_DeviceTimesThatFollow_JoinsThemWhateverTheJitterOfArrival()
    {
        var first = Place(deviceUs: Start + Ahead, receivedUs: Start + 30_000);

        var second = Place(Start + Ahead + ChunkUs + 1000, Start + ChunkUs + 170_000);
        var third = Place(Start + Ahead + (2 * ChunkUs) - 1000, Start + (2 * ChunkUs) + 20_000);

        Assert.Equal([first + ChunkUs, first + (2 * ChunkUs)], [second, third]);
    }

    [Fact]
    public void Place_FirstChunk_LiesJustBeforeItsArrival() => Assert.Equal(Start - ChunkUs, Place(Start + Ahead, Start));

    [Fact]
    public void Place_LostChunk_LeavesAGapOfItsLength()
    {
        var first = Place(Start + Ahead, Start);

        var third = Place(Start + Ahead + (2 * ChunkUs), Start + (2 * ChunkUs), unbroken: false);

        Assert.Equal(first + (2 * ChunkUs), third);
    }

    [Theory]
    [InlineData(-7_200_000_000)]
    [InlineData(7_200_000_000)]
    public void Place_DeviceClockSteps_GoesOnAtTheTimeOfArrival(long stepUs)
    {
        var first = Place(Start + Ahead, Start);

        var second = Place(Start + Ahead + ChunkUs + stepUs, Start + ChunkUs + 5000);
        var third = Place(Start + Ahead + (2 * ChunkUs) + stepUs, Start + (2 * ChunkUs));

        Assert.Equal(first + ChunkUs + 5000, second);
        Assert.Equal(second + ChunkUs, third);
    }

    [Fact]
    public void Place_DeviceClockStepsBackALittle_DoesNotDrawOverThePast()
    {
        var first = Place(Start + Ahead, Start);

        var second = Place(Start + Ahead + ChunkUs - 150_000, Start + ChunkUs);

        Assert.Equal(first + ChunkUs, second);
    }

    [Fact]
    public void Place_StampsJitterInAnUnbrokenSequence_IsNoGap()
    {
        var first = Place(Start + Ahead, Start);

        Assert.Equal(first + ChunkUs, Place(Start + Ahead + ChunkUs + 30_000, Start + ChunkUs + 30_000, unbroken: true));
    }

    [Fact]
    public void Place_StampsJitterWithoutSequence_IsAGap()
    {
        var first = Place(Start + Ahead, Start);

        Assert.Equal(first + ChunkUs + 30_000, Place(Start + Ahead + ChunkUs + 30_000, Start + ChunkUs + 30_000));
    }

    [Fact]
    public void Place_NoDeviceTime_JoinsWhatArrivesInTimeAndLeavesAGapAfterSilence()
    {
        var first = Place(null, Start);

        Assert.Equal(first + ChunkUs, Place(null, Start + ChunkUs + 120_000));
        Assert.Equal(Start + 5_000_000 - ChunkUs, Place(null, Start + 5_000_000));
    }

    [Fact]
    public void Place_TwoStreamsOfOneDevice_StayAligned()
    {
        var clock = new DeviceClock();
        var (ecg, pleth) = (new WaveAxis(clock), new WaveAxis(clock));
        var stamp = Stamp(Start + Ahead);

        var one = ecg.Place(stamp, null, Start + 5_000, PeriodUs, Count);
        var other = pleth.Place(stamp, null, Start + 90_000, PeriodUs * 2, Count / 2);

        Assert.Equal(one, other);
    }

    private double Place(long? deviceUs, long receivedUs, bool? unbroken = null) =>
        _axis.Place(Stamp(deviceUs), unbroken, receivedUs, PeriodUs, Count);

    private static Stamp Stamp(long? deviceUs) => new() { HasDeviceTime = deviceUs is not null, DeviceTimeUs = deviceUs ?? 0 };
}

using FieldNet.Mqtt.Client;

namespace FieldNet.Mqtt.Tests.Client;

public sealed class BackoffScheduleTests
{
    [Fact]
    public void Next_FullJitter_GrowsToTheCapAndNeverPastIt()
    {
        var longest = new BackoffSchedule(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), () => 1);
        var shortest = new BackoffSchedule(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), () => 0);

        double[] waits = [.. Enumerable.Range(0, 8).Select(n => longest.Next(n).TotalSeconds)];

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5], waits);
        Assert.Equal(TimeSpan.FromSeconds(5), longest.Next(int.MaxValue));
        Assert.Equal(TimeSpan.Zero, shortest.Next(5));
    }
}

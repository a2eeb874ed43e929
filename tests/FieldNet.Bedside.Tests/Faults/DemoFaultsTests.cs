using FieldNet.Bedside.Faults;

namespace FieldNet.Bedside.Tests.Faults;

public sealed class DemoFaultsTests
{
    private static readonly string[] Devices = [.. Enumerable.Range(1, 12).Select(n => $"demo/icu1/bed-{n:00}/mon1")];

    [Fact]
    public void Plan_AnHour_DisturbsOneBedAtATimeAndHasEveryKind()
    {
        var faults = DemoFaults.Plan(3, Devices, TimeSpan.FromHours(1));

        Assert.All(faults.Zip(faults.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.At));
        Assert.Equal(Enum.GetValues<FaultKind>(), faults.Select(f => f.What).Distinct().Order());
        Assert.Equal(12, faults.Select(f => f.Subject).Distinct().Count());
        Assert.Equal(FaultKind.Silent, faults[0].What);
    }

    [Fact]
    public void Plan_AMinute_LeavesTheBeginningAndTheEndCalm()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var faults = DemoFaults.Plan(seed, Devices, TimeSpan.FromSeconds(60));

            Assert.InRange(faults.Count, 2, 4);
            Assert.InRange(faults[0].At.TotalSeconds, 15, 30);
            Assert.InRange(faults[^1].End.TotalSeconds, 0, 52);
        }
    }

    [Fact]
    public void Plan_SameSeed_IsTheSame()
    {
        Assert.Equal(DemoFaults.Plan(3, Devices, null), DemoFaults.Plan(3, Devices, null));
        Assert.NotEqual(DemoFaults.Plan(3, Devices, null), DemoFaults.Plan(4, Devices, null));
    }
}

using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;

namespace FieldNet.Bedside.Tests.Faults;

public sealed class DemoFaultsTests
{
    private static readonly SiteLayout Site = SimulatedSite.Of([.. Enumerable.Range(1, 12).Select(n => $"bed-{n:00}")]);

    [Fact]
    public void Plan_AnHour_HasOneFaultAtATimeOfDevicesGatewaysAndCells()
    {
        var faults = DemoFaults.Plan(3, Site, TimeSpan.FromHours(1));

        Assert.All(faults.Zip(faults.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.At));
        Assert.Equal(8, faults.Select(f => f.What).Distinct().Count());
        Assert.Equal(12, faults.Where(f => f.Subject.EndsWith("mon1", StringComparison.Ordinal)).Select(f => f.Subject).Distinct().Count());
        Assert.Contains(faults, f => f.Subject.EndsWith("gw1", StringComparison.Ordinal));
        Assert.Contains(faults, f => Site.BedsUnder(f).Length == 4);
        Assert.Equal(FaultKind.Silent, faults[0].What);
    }

    [Fact]
    public void Plan_AMinute_LeavesTheBeginningAndTheEndCalm()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var faults = DemoFaults.Plan(seed, Site, TimeSpan.FromSeconds(60));

            Assert.InRange(faults.Count, 2, 4);
            Assert.InRange(faults[0].At.TotalSeconds, 15, 30);
            Assert.InRange(faults[^1].End.TotalSeconds, 0, 52);
        }
    }

    [Fact]
    public void Plan_SameSeed_IsTheSame()
    {
        Assert.Equal(DemoFaults.Plan(3, Site, null), DemoFaults.Plan(3, Site, null));
        Assert.NotEqual(DemoFaults.Plan(3, Site, null), DemoFaults.Plan(4, Site, null));
    }
}

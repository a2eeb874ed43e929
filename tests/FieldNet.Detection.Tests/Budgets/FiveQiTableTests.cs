using FieldNet.Detection.Budgets;

namespace FieldNet.Detection.Tests.Budgets;

public sealed class FiveQiTableTests
{
    [Theory]
    [InlineData(9u, 300, 1e-6)]
    [InlineData(70u, 200, 1e-6)]
    [InlineData(69u, 60, 1e-6)]
    [InlineData(82u, 10, 1e-4)]
    public void Find_StandardisedClass_HasItsBudget(uint fiveQi, double delayMs, double loss)
    {
        var row = FiveQiTable.Find(fiveQi)!.Value;

        Assert.Equal((delayMs, loss), (row.DelayBudgetMs, row.LossBudget));
    }

    [Fact]
    public void Find_OperatorsOwnClassOrNone_IsUnknown() => Assert.Equal((null, null), (FiveQiTable.Find(128), FiveQiTable.Find(null)));

    [Fact]
    public void Rows_All_NameEachClassOnceAndAreServedInSomeOrder()
    {
        Assert.Equal(FiveQiTable.Rows.Count, FiveQiTable.Rows.Select(row => row.FiveQi).Distinct().Count());
        Assert.All(FiveQiTable.Rows, row => Assert.True(row is { Priority: > 0, DelayBudgetMs: > 0, LossBudget: > 0 and < 1 }));
        Assert.All(FiveQiTable.Rows, row => Assert.Equal(row.Resource == FiveQiResource.DelayCritical, row.MostBurstBytes is not null));
    }

    [Fact]
    public void LossShare_OldCounts_AreForgottenAfterTheirTurn()
    {
        LossShare share = default;
        Assert.Null(share.Ratio);
        share.Add(1_000_000, 9, 1);
        Assert.Equal(0.1, share.Ratio);
        share.Add(130_000_000, 10, 0);
        Assert.Equal(0.05, share.Ratio);
        share.Add(260_000_000, 10, 0);
        Assert.Equal(0.0, share.Ratio);
    }
}

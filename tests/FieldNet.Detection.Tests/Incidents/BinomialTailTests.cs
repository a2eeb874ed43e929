using FieldNet.Detection.Incidents;

namespace FieldNet.Detection.Tests.Incidents;

public sealed class BinomialTailTests
{
    [Theory]
    [InlineData(0, 5, 0.02, 1)]
    [InlineData(1, 1, 0.02, 0.02)]
    [InlineData(2, 2, 0.1, 0.01)]
    [InlineData(1, 3, 0.5, 0.875)]
    [InlineData(2, 3, 0.5, 0.5)]
    [InlineData(3, 5, 0.02, 0.0000776192)]
    [InlineData(5, 10, 0.3, 0.1502683326)]
    public void AtLeast_KnownValues_AreExact(int affected, int members, double each, double chance) =>
        Assert.Equal(chance, BinomialTail.AtLeast(affected, members, each), 1e-12);

    /// <summary>Of so many that the chance of all is below the least number that a double holds.</summary>
    [Theory]
    [InlineData(5, 200, 0.02, 0.3711564199)]
    [InlineData(20, 1000, 0.02, 0.5306414635)]
    public void AtLeast_ManyMembers_IsStillTheirChance(int affected, int members, double each, double chance) =>
        Assert.Equal(chance, BinomialTail.AtLeast(affected, members, each), 1e-9);
}

using FieldNet.Bedside.Accounts;

namespace FieldNet.Bedside.Tests.Accounts;

public sealed class AcknowledgedRangesTests
{
    [Fact]
    public void Add_InOrder_StaysOneRange()
    {
        var ranges = new AcknowledgedRanges();

        for (ulong seq = 1; seq <= 1000; seq++)
        {
            ranges.Add(seq);
        }

        Assert.Equal([(1ul, 1000ul)], ranges.Ranges);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Add_AnyOrderWithRepeats_IsTheSameSet(int seed)
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var ranges = new AcknowledgedRanges();
        SortedSet<ulong> expected = [];

        for (int i = 0; i < 400; i++)
        {
            ulong seq = (ulong)random.Next(1, 300);
            ranges.Add(seq);
            expected.Add(seq);
        }

        Assert.Equal(expected, ranges.Ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1)).Select(n => (ulong)n)));
        Assert.All(ranges.Ranges.Zip(ranges.Ranges.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
    }
}

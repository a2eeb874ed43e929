using FieldNet.History.LineProtocol;

namespace FieldNet.History.Tests.LineProtocol;

public sealed class LineSchemaTests
{
    [Fact]
    public void All_InTheOperationsPage_AreNamed()
    {
        var page = File.ReadAllText(Path.Combine(GrafanaTests.Root, "docs", "operations.md"));
        var table = page[page.IndexOf("| measurement |", StringComparison.Ordinal)..page.IndexOf("Times are nanoseconds", StringComparison.Ordinal)];

        Assert.All(LineSchema.All.SelectMany(each => each.Fields.Select(field => field.Name).Append(each.Name)), name => Assert.Contains($"`{name}`", table, StringComparison.Ordinal));
        Assert.All(LineSchema.All.SelectMany(each => each.Tags), tag => Assert.Contains(tag, table, StringComparison.Ordinal));
    }

    [Fact]
    public void All_OfTheMeasurements_HaveSortedTagsAndNoFieldOfATagsName() =>
        Assert.All(LineSchema.All, each =>
        {
            Assert.Equal(each.Tags.Order(StringComparer.Ordinal), each.Tags);
            Assert.Empty(each.Fields.Select(field => field.Name).Intersect(each.Tags));
        });

    /// <summary>A server refuses the second type of a field: two measurements may differ, but nobody should have to remember that.</summary>
    [Fact]
    public void All_FieldsOfOneName_HaveOneType() =>
        Assert.All(LineSchema.All.SelectMany(each => each.Fields).GroupBy(field => field.Name), same => Assert.Single(same.Select(field => field.Type).Distinct()));
}

using FieldNet.Edge.Site;

namespace FieldNet.Edge.Tests.Site;

public sealed class SiteNamesTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData("1-00000A", true)]
    [InlineData("255-ffffff", true)]
    [InlineData("256", false)]
    [InlineData("1-00000", false)]
    [InlineData("1-00000G", false)]
    [InlineData("1-000001-2", false)]
    [InlineData("-000001", false)]
    [InlineData("", false)]
    public void IsSlice_ANumberAndSixDigits_IsOne(string name, bool isOne) => Assert.Equal(isOne, SiteNames.IsSlice(name));

    [Theory]
    [InlineData("chu/icu1/bed-03/gw1", true)]
    [InlineData("chu/icu1/_ward/gw1", true)]
    [InlineData("chu/_ward/bed-03/gw1", false)]
    [InlineData("icu1/bed-03/gw1", false)]
    [InlineData("chu/icu1/bed-03/gw1/link", false)]
    [InlineData("chu/icu1/bed 3/gw1", false)]
    [InlineData("", false)]
    public void IsGatewayOfSite_FourLevels_IsOne(string name, bool isOne) => Assert.Equal(isOne, SiteNames.IsGatewayOfSite(name));

    [Theory]
    [InlineData("imsi-001010000000001", true)]
    [InlineData("nai-user@hospital.example", true)]
    [InlineData("001010000000001", false)]
    [InlineData("imsi-", false)]
    [InlineData("imsi-0010 1", false)]
    public void IsSupi_ItsKindAndName_IsOne(string name, bool isOne) => Assert.Equal(isOne, SiteNames.IsSupi(name));
}

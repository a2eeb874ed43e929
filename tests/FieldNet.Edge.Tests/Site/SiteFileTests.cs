using FieldNet.Edge.Site;
using FieldNet.Edge.Verbs;
using FieldNet.Ward;

namespace FieldNet.Edge.Tests.Site;

/// <summary><c>site.yaml</c>: what may be set, and one sentence for what may not.</summary>
public sealed class SiteFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_Keys_AreSetAndTheRestStaysAsItIs()
    {
        var options = Read("ages:\n  device_lost_s: 20\n  wave_blank_s: 2.5\nlink:\n  loss_on: 0.1 # a bad cell\n");

        Assert.Equal(
            new WardOptions { Ages = new() { DeviceLostUs = 20_000_000, WaveBlankUs = 2_500_000 }, Link = new() { LossOn = 0.1 } },
            options);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("ages:\n")]
    public void Read_NothingSet_IsTheDefault(string yaml) => Assert.Equal(WardOptions.Default, Read(yaml));

    [Theory]
    [InlineData("age:\n  device_lost_s: 20", "line 2: 'age' is no section; there are ages, link and network.")]
    [InlineData("ages:\n  device_lost: 20", "line 2: 'ages.device_lost' is no key; there are ages.wave_blank_s, ages.device_lost_s,")]
    [InlineData("ages:\n  device_lost_s: 3600", "line 2: ages.device_lost_s is a number from 2 to 30; '3600' is none.")]
    [InlineData("ages:\n  device_lost_s: soon", "line 2: ages.device_lost_s is a number from 2 to 30; 'soon' is none.")]
    [InlineData("ages: 5", "line 1: 'ages' has keys with values below it.")]
    [InlineData("- ages", "line 1: the file has keys with values, such as ages:.")]
    [InlineData("link:\n  loss_on: 0.01\n  loss_off: 0.02", "link.loss_off must lie below link.loss_on.")]
    [InlineData("ages:\n  remove_at_least_s: 9\n  remove_at_most_s: 5", "ages.remove_at_least_s must not lie above ages.remove_at_most_s.")]
    [InlineData("ages:\n\t- [", "this is no YAML")]
    public void Read_WhatMayNotBe_IsSaidInOneSentence(string yaml, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<BadArgumentException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    private WardOptions Read(string yaml)
    {
        File.WriteAllText(_file, yaml);
        return SiteFile.Read(_file).Ward;
    }
}

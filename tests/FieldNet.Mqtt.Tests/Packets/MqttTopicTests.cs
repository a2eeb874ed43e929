using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 section 4.7.</summary>
public sealed class MqttTopicTests
{
    /// <summary>The examples of 4.7.1 and 4.7.2, and what lies beside them: filter, name, whether it matches.</summary>
    public static TheoryData<string, string, bool> Examples => new()
    {
        { "sport/tennis/player1/#", "sport/tennis/player1", true },
        { "sport/tennis/player1/#", "sport/tennis/player1/ranking", true },
        { "sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true },
        { "sport/#", "sport", true },
        { "sport/#", "sports", false },
        { "#", "a/b", true },
        { "sport/tennis/+", "sport/tennis/player1", true },
        { "sport/tennis/+", "sport/tennis/player1/ranking", false },
        { "sport/+", "sport", false },
        { "sport/+", "sport/", true },
        { "+/+", "/finance", true },
        { "/+", "/finance", true },
        { "+", "/finance", false },
        { "+/tennis/#", "sport/tennis", true },
        { "+/tennis/#", "sport/golf", false },
        { "sport/+/player1", "sport/tennis/player1", true },
        { "#", "$SYS/broker", false },
        { "+/monitor/Clients", "$SYS/monitor/Clients", false },
        { "$SYS/#", "$SYS/", true },
        { "$SYS/monitor/+", "$SYS/monitor/Clients", true },
        { "a/+/#", "a/$b", true },
        { "accounts", "Accounts", false },
        { "a/b", "a/b", true },
        { "a/b", "a/b/", false },
        { "a//b", "a//b", true },
        { "a/+/b", "a//b", true },
        { "/", "/", true },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Matches_Examples_AreAsTheStandardSays(string filter, string name, bool expected) =>
        Assert.Equal(expected, MqttTopic.Matches(Encoding.UTF8.GetBytes(filter), Encoding.UTF8.GetBytes(name)));

    [Theory]
    [InlineData("sport/tennis/#", true)]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("+/tennis/#", true)]
    [InlineData("sport/+/player1", true)]
    [InlineData("/", true)]
    [InlineData("", false)]
    [InlineData("sport/tennis#", false)]
    [InlineData("sport/tennis/#/ranking", false)]
    [InlineData("sport+", false)]
    [InlineData("a/b+/c", false)]
    [InlineData("##", false)]
    [InlineData("a/b/c/d/e", true)]
    [InlineData("a/b/c/d/e/f", false)]
    public void IsValidFilter_Examples_AreAsTheStandardSays(string filter, bool expected) =>
        Assert.Equal(expected, MqttTopic.IsValidFilter(Encoding.UTF8.GetBytes(filter), maxLevels: 5));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("/", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("a#", false)]
    public void IsValidName_Examples_AreAsTheStandardSays(string name, bool expected) =>
        Assert.Equal(expected, MqttTopic.IsValidName(Encoding.UTF8.GetBytes(name)));
}

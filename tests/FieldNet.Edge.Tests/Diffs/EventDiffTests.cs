using FieldNet.Edge.Diffs;

namespace FieldNet.Edge.Tests.Diffs;

/// <summary>What an engineer is told of two event files.</summary>
public sealed class EventDiffTests
{
    [Fact]
    public void Compare_SameEventsWithOtherNumbers_AreEqual() =>
        Assert.Empty(EventDiff.Compare([Event(1, "a", "08:00:01")], [Event(9, "a", "08:00:01")]));

    [Fact]
    public void Compare_OneMoreAndOneLess_AppearedAndVanished()
    {
        var found = EventDiff.Compare([Event(1, "a", "08:00:01"), Event(2, "b", "08:00:02", what: "loss")], [Event(1, "a", "08:00:01"), Event(2, "c", "08:00:03", what: "jitter")]);

        Assert.Equal(["vanished loss", "appeared jitter"], found.Select(one => $"{one.Difference} {one.What}"));
        Assert.Equal((null, null), (found[0].TimeB, found[1].TimeA));
    }

    [Fact]
    public void Compare_OtherIdNearInTime_Moved()
    {
        var found = EventDiff.Compare([Event(1, "a", "08:00:01")], [Event(1, "z", "08:00:03.5")]);

        Assert.Equal(("moved", 2500.0), found.Select(one => (one.Difference, one.MovedMs!.Value)).Single());
    }

    [Fact]
    public void Compare_OtherIdFarInTime_VanishedAndAppeared() =>
        Assert.Equal(["vanished", "appeared"], EventDiff.Compare([Event(1, "a", "08:00:01")], [Event(1, "z", "08:03:01")]).Select(one => one.Difference));

    [Fact]
    public void Compare_SameIdOtherTime_MovedHoweverFar() =>
        Assert.Equal("moved", EventDiff.Compare([Event(1, "a", "08:00:01", "end")], [Event(1, "a", "09:00:01", "end")]).Single().Difference);

    [Fact]
    public void Compare_OtherSeverityAndEvidence_ChangedAndHow()
    {
        var found = EventDiff.Compare([Event(1, "a", "08:00:01")], [Event(1, "a", "08:00:01", severity: "high", evidence: "2")]).Single();

        Assert.Equal("changed", found.Difference);
        Assert.Equal(["severity \"low\" → \"high\"", "lost_10s 1 → 2"], found.Changes);
    }

    [Fact]
    public void Compare_TheNearestOfSeveral_IsMatched()
    {
        EventLine[] a = [Event(1, "a", "08:00:10"), Event(2, "b", "08:00:40")];
        EventLine[] b = [Event(1, "x", "08:00:11"), Event(2, "y", "08:00:41"), Event(3, "z", "08:02:50")];

        Assert.Equal(["moved 1000", "moved 1000", "appeared "], EventDiff.Compare(a, b).Select(one => $"{one.Difference} {one.MovedMs}"));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"n":1,"t":"never","kind":"link","what":"loss","subject":"s","phase":"start","id":"a"}""")]
    public void Parse_WhatIsNoEvent_Throws(string line) => Assert.Throws<FormatException>(() => EventLine.Parse(1, line));

    private static EventLine Event(
        int number, string id, string time, string phase = "start", string what = "silent", string severity = "low", string evidence = "1") => EventLine.Parse(
        number,
        $$$"""{"n":{{{number}}},"t":"2026-03-01T{{{time}}}Z","kind":"link","what":"{{{what}}}","subject":"s/w/b/d","cause":"","severity":"{{{severity}}}","phase":"{{{phase}}}","beds":["w/b"],"evidence":{"lost_10s":{{{evidence}}}},"id":"{{{id}}}"}""");
}

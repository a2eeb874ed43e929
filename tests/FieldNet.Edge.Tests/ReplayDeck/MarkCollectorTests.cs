using FieldNet.Edge.ReplayDeck;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.Tests.ReplayDeck;

public sealed class MarkCollectorTests
{
    private readonly MarkCollector _marks = new();
    private long _number;

    [Fact]
    public void Take_AnEpisode_FromStartToEndWithItsWorstSeverity()
    {
        Take("a", EventPhase.Start, EventSeverity.Low, 1_000_000, new Evidence("text", "SpO2 low"));
        Take("a", EventPhase.Update, EventSeverity.High, 2_000_000);
        Take("b", EventPhase.Start, EventSeverity.Medium, 2_500_000);
        Take("a", EventPhase.End, EventSeverity.Low, 3_000_000);

        var marks = _marks.Timeline(throughUs: 4_000_000, complete: true).Marks;

        Assert.Equal((1000d, 3000d, "high", "SpO2 low"), (marks[0].StartMs, marks[0].EndMs, marks[0].Severity, marks[0].Text));
        Assert.Equal((2500d, null, "device"), (marks[1].StartMs, marks[1].EndMs, marks[1].Text));
    }

    [Fact]
    public void Take_MoreThanFit_TheLeastSevereGiveWayAndAreCounted()
    {
        for (var i = 0; i < MarkCollector.MaxMarks; i++)
        {
            Take($"info-{i}", EventPhase.Start, EventSeverity.Info, i);
        }

        Take("high", EventPhase.Start, EventSeverity.High, 10_000);
        Take("later", EventPhase.Start, EventSeverity.Info, 11_000);

        var timeline = _marks.Timeline(0, complete: false);
        Assert.Equal("high", Assert.Single(timeline.Marks).Severity);
        Assert.Equal(MarkCollector.MaxMarks + 1, timeline.Omitted);
    }

    [Fact]
    public void Take_TooManyOfTheWorst_AreCountedAndNoMoreKept()
    {
        for (var i = 0; i < MarkCollector.MaxMarks + 5; i++)
        {
            Take($"high-{i}", EventPhase.Start, EventSeverity.High, i);
        }

        var timeline = _marks.Timeline(0, complete: false);
        Assert.Equal((MarkCollector.MaxMarks, 5), (timeline.Marks.Count, timeline.Omitted));
    }

    private void Take(string id, EventPhase phase, EventSeverity severity, long timeUs, params Evidence[] evidence) =>
        _marks.Take(new WardEvent(++_number, _number, timeUs, "alarm", "device", "chu/icu1/bed-01/mon1", "", severity, phase, ["icu1/bed-01"], evidence, id));
}

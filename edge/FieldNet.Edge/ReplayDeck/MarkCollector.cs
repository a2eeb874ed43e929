using FieldNet.Dashboard.Replay;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>Makes the marks of a timeline from events.</summary>
/// <remarks>
/// Full policy: past <see cref="MaxMarks"/> the least severe give way, and are counted. Threading: <see cref="Take"/> on one thread, the rest on any.
/// </remarks>
internal sealed class MarkCollector : IEventSink
{
    public const int MaxMarks = 2000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Mark> _open = new(StringComparer.Ordinal);
    private readonly List<Mark> _marks = [];
    private EventSeverity _least = EventSeverity.Info;
    private int _omitted;

    public void Take(WardEvent happened)
    {
        lock (_gate)
        {
            if (happened.Phase == EventPhase.Start)
            {
                Start(happened);
            }
            else if (_open.TryGetValue(happened.Id, out var mark))
            {
                mark.Severity = Max(mark.Severity, happened.Severity);
                if (happened.Phase == EventPhase.End)
                {
                    mark.EndUs = happened.TimeUs;
                    _open.Remove(happened.Id);
                }
            }
        }
    }

    public ReplayTimelineDto Timeline(long throughUs, bool complete)
    {
        lock (_gate)
        {
            return new ReplayTimelineDto(throughUs / 1000d, complete, _omitted, _marks.ConvertAll(mark => mark.ToDto()));
        }
    }

    private void Start(WardEvent happened)
    {
        if (_marks.Count == MaxMarks)
        {
            MakeRoom();
        }

        if (happened.Severity < _least || _marks.Count == MaxMarks)
        {
            _omitted++;
            return;
        }

        var mark = new Mark(happened);
        _marks.Add(mark);
        _open[happened.Id] = mark;
    }

    private void MakeRoom()
    {
        while (_marks.Count == MaxMarks && _least < EventSeverity.High)
        {
            _least++;
            _omitted += _marks.RemoveAll(mark => mark.Severity < _least);
        }
    }

    private static EventSeverity Max(EventSeverity a, EventSeverity b) => a > b ? a : b;

    private sealed class Mark(WardEvent start)
    {
        public EventSeverity Severity { get; set; } = start.Severity;

        public long? EndUs { get; set; }

        public ReplayMarkDto ToDto() => new(
            start.TimeUs / 1000d, EndUs / 1000d, start.Kind, start.What, Severity.ToString().ToLowerInvariant(), start.Subject,
            start.Evidence.FirstOrDefault(each => each.Name == "text").Value as string ?? start.What);
    }
}

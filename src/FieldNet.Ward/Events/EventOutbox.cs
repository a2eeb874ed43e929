using FieldNet.Ward.State;

namespace FieldNet.Ward.Events;

/// <summary>Collects the events of one record, so that a record that throws leaves none behind.</summary>
/// <remarks>Threading: the processor's thread.</remarks>
internal sealed class EventOutbox
{
    private readonly List<WardEvent> _pending = [];

    /// <summary>Opens an episode and says so.</summary>
    public Episode Start(
        WardState ward, long timeUs, string kind, string what, string subject, EventSeverity severity, IReadOnlyList<string> beds,
        IReadOnlyList<Evidence> evidence, string cause = "", string detail = "")
    {
        var episode = new Episode(kind, what, subject, timeUs, EventId.Of(subject, what, timeUs, detail)) { Severity = severity };
        Say(ward, timeUs, episode, EventPhase.Start, beds, evidence, cause);
        return episode;
    }

    public void Say(
        WardState ward, long timeUs, Episode episode, EventPhase phase, IReadOnlyList<string> beds, IReadOnlyList<Evidence> evidence, string cause = "") =>
        _pending.Add(new WardEvent(
            ++ward.EventNumber, ward.Record, timeUs, episode.Kind, episode.What, episode.Subject, cause, episode.Severity, phase, beds, evidence, episode.Id));

    /// <summary>Something that has no duration: it starts and ends at once.</summary>
    public void Point(
        WardState ward, long timeUs, string kind, string what, string subject, EventSeverity severity, IReadOnlyList<string> beds,
        IReadOnlyList<Evidence> evidence, string cause = "", string detail = "")
    {
        var episode = Start(ward, timeUs, kind, what, subject, severity, beds, evidence, cause, detail);
        Say(ward, timeUs, episode, EventPhase.End, beds, [], cause);
    }

    public void Release(IEventSink sink)
    {
        foreach (var happened in _pending)
        {
            sink.Take(happened);
        }

        _pending.Clear();
    }

    public void Discard() => _pending.Clear();
}

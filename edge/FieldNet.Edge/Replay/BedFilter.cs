using FieldNet.Edge.Verbs;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Replay;

/// <summary>Lets through what one bed's devices sent, and all that is no bed's: starts, ticks, connections.</summary>
/// <remarks>Connections of others stay: to a bed that never used them they mean nothing. Threading: one thread.</remarks>
internal sealed class BedFilter
{
    private readonly string[] _levels;
    private readonly Dictionary<Topic, bool> _known = [];

    /// <param name="bed"><c>bed</c>, <c>ward/bed</c> or <c>site/ward/bed</c>.</param>
    public BedFilter(string bed)
    {
        _levels = bed.Split('/');
        if (_levels.Length > 3 || Array.Exists(_levels, level => level.Length == 0))
        {
            throw new BadArgumentException($"--bed takes bed-03, icu1/bed-03 or site/icu1/bed-03; '{bed}' is none.");
        }
    }

    public bool Takes(in LogRecord record) =>
        record.Kind is not (RecordKind.Publish or RecordKind.Will or RecordKind.Refused or RecordKind.Redelivered) || Takes(record.Topic);

    private bool Takes(Topic topic)
    {
        if (topic.Scope != TopicScope.Device)
        {
            return false;
        }

        if (!_known.TryGetValue(topic, out var takes))
        {
            string[] place = [topic.Site, topic.Ward, topic.Bed];
            takes = place.AsSpan(place.Length - _levels.Length).SequenceEqual(_levels);
            if (topic.Id >= 0)
            {
                // What the topic table has no room for is made anew for each record.
                _known.Add(topic, takes);
            }
        }

        return takes;
    }
}

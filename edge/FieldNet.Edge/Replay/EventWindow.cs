using FieldNet.Ward.Events;

namespace FieldNet.Edge.Replay;

/// <summary>Passes on the events of a span of log time; the numbers that they have are those of the whole replay.</summary>
internal sealed class EventWindow(IEventSink next, long fromUs, long toUs) : IEventSink
{
    /// <inheritdoc/>
    public void Take(WardEvent happened)
    {
        if (happened.TimeUs >= fromUs && happened.TimeUs <= toUs)
        {
            next.Take(happened);
        }
    }
}

namespace FieldNet.Ward.Events;

/// <summary>Takes the processor's events, in order.</summary>
/// <remarks>Threading: the processor's thread; must not block or throw.</remarks>
public interface IEventSink
{
    void Take(WardEvent happened);
}

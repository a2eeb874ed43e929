namespace FieldNet.Ward.Events;

/// <summary>Passes each event on once, also when the processor's state is rebuilt and computes the earlier ones again.</summary>
internal sealed class OnceOnlySink(IEventSink next) : IEventSink
{
    private long _passed;

    /// <summary>Those up to this number were passed on before the restart.</summary>
    public void StartBehind(long number) => _passed = number;

    public void Take(WardEvent happened)
    {
        if (happened.Number > _passed)
        {
            _passed = happened.Number;
            next.Take(happened);
        }
    }
}

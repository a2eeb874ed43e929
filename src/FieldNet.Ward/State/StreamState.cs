using FieldNet.Detection.Streams;

namespace FieldNet.Ward.State;

/// <summary>Account of one stream of messages.</summary>
public class StreamState
{
    public SequenceAccount Sequence;

    public PeriodEstimate Period;
}

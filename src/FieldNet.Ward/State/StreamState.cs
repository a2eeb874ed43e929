using FieldNet.Detection.Links;
using FieldNet.Detection.Streams;

namespace FieldNet.Ward.State;

/// <summary>Account of one stream of messages.</summary>
public class StreamState
{
    public SequenceAccount Sequence;

    public PeriodEstimate Period;

    /// <summary>Socket time of its newest message that was no backlog; 0 before the first.</summary>
    public long ReceiveUs { get; set; }

    /// <summary>Unheard, as far as its age goes; what its rhythm is stands.</summary>
    public void Forget()
    {
        Period.LastUs = 0;
        ReceiveUs = 0;
    }

    /// <summary>How long it may say nothing.</summary>
    public SilenceLimit Limit;
}

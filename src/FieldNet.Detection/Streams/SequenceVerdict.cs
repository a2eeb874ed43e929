namespace FieldNet.Detection.Streams;

/// <summary>What a message's stamp says about its place in its stream.</summary>
public enum SequenceVerdict : byte
{
    /// <summary>No epoch or no sequence number: loss and duplicates are unknown.</summary>
    Unstamped = 0,

    /// <summary>First of its stream, or first after the sender started again.</summary>
    First,

    Restarted,

    InOrder,

    /// <summary>Newer than expected: what lies between is missing.</summary>
    Gap,

    /// <summary>Older than the newest, not seen before: it fills a gap and moves no state back (RFC 4737).</summary>
    Late,

    /// <summary>Seen before: a redelivery, not a second message.</summary>
    Duplicate,

    /// <summary>From before the sender's last start.</summary>
    OldEpoch,
}

namespace FieldNet.Capture.Packets;

/// <summary>One frame of a packet capture.</summary>
/// <remarks>Lifetime: the bytes are the reader's and good until its next frame.</remarks>
public readonly ref struct CapturedFrame
{
    /// <summary>Microseconds since 1970, UTC, by the clock of the machine that captured.</summary>
    public long TimeUs { get; init; }

    public LinkType Link { get; init; }

    /// <summary>As captured: a snap length may have cut the end off.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }
}

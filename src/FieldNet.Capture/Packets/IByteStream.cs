namespace FieldNet.Capture.Packets;

/// <summary>Takes one direction of a TCP connection in its order.</summary>
internal interface IByteStream
{
    /// <param name="bytes">Good for the call.</param>
    /// <param name="startsSegment">The first byte was also the first of a segment, where packets most often begin.</param>
    void Take(ReadOnlySpan<byte> bytes, bool startsSegment);

    /// <summary>So many bytes were sent here and are not in the capture.</summary>
    void Lose(long bytes);
}

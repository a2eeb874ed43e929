namespace FieldNet.Capture.Packets;

/// <summary>The frames of a capture file, in its order.</summary>
/// <remarks>Shape: streaming; one frame is in memory at a time.</remarks>
public interface ICaptureReader : IDisposable
{
    /// <summary><c>pcap</c> or <c>pcapng</c>.</summary>
    string Format { get; }

    /// <summary>The file ended in the middle of a frame, as one does whose writer was killed.</summary>
    bool IsCut { get; }

    /// <returns>False at the end.</returns>
    /// <exception cref="PacketCaptureException">The file breaks its format.</exception>
    bool TryRead(out CapturedFrame frame);
}

namespace FieldNet.Capture.Packets;

/// <summary>The frames of a capture file, in its order.</summary>
/// <remarks>
/// Shape: streaming; one frame is in memory at a time. Errors: what breaks the format is passed over and counted, never thrown; a file of
/// which nothing more can be made out ends there.
/// </remarks>
public interface ICaptureReader : IDisposable
{
    /// <summary><c>pcap</c> or <c>pcapng</c>.</summary>
    string Format { get; }

    /// <summary>The file ended in the middle of a frame, as one does whose writer was killed.</summary>
    bool IsCut { get; }

    /// <summary>Places that break the format and were passed over.</summary>
    long Damaged { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    double Done { get; }

    /// <returns>False at the end.</returns>
    bool TryRead(out CapturedFrame frame);
}

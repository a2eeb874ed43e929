namespace FieldNet.Capture.Packets;

/// <summary>What all connections of a capture may keep together.</summary>
/// <remarks>Threading: single caller.</remarks>
internal sealed class CaptureBudget(long maxBytes)
{
    public long KeptBytes { get; private set; }

    public bool HasRoomFor(int bytes) => KeptBytes + bytes <= maxBytes;

    public void Take(int bytes) => KeptBytes += bytes;

    public void Return(int bytes) => KeptBytes -= bytes;
}

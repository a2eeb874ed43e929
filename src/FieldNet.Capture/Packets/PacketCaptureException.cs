namespace FieldNet.Capture.Packets;

/// <summary>A file is no packet capture, or uses a part of the format that is not read here.</summary>
public sealed class PacketCaptureException(string file, string reason) : FormatException($"{file}: {reason}")
{
    public string File { get; } = file;

    public string Reason { get; } = reason;
}

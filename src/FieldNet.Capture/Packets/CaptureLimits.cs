namespace FieldNet.Capture.Packets;

/// <summary>How much memory a capture of any size may take.</summary>
/// <remarks>Loss: what is over a limit is counted as lost, or as a packet that was not read whole; nothing is kept for it.</remarks>
public sealed class CaptureLimits
{
    /// <summary>TCP connections followed at a time; the one silent for longest is given up for a new one. Default 16,384.</summary>
    public int MaxConnections { get; init; } = 16 * 1024;

    /// <summary>Bytes of one direction kept while an earlier segment is missing. Default 256 KiB, a large receive window.</summary>
    public int MaxPendingBytes { get; init; } = 256 * 1024;

    /// <summary>Largest MQTT packet put together, its header included. Default 1 MiB; larger ones are counted and not read.</summary>
    public int MaxPacketBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes kept over all connections, pending segments and unfinished packets. Default 64 MiB.</summary>
    public long MaxKeptBytes { get; init; } = 64L * 1024 * 1024;
}

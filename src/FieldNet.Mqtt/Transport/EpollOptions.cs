namespace FieldNet.Mqtt.Transport;

/// <summary>How the event loop for plain TCP works (docs/adr/0006-transport.md has what was measured).</summary>
public sealed class EpollOptions
{
    /// <summary>Threads, each with connections of its own. Default 1, which carries more than a site sends.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>Most bytes taken from one socket before the next one's turn. Default 64 KiB: a flooding client delays others by what these take.</summary>
    public int ReadBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes kept of all connections of a loop together: parts of packets, what waits for room, and what clients do not read. Default 64 MiB; then whoever holds most is reset.</summary>
    public long MaxHeldBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Connections that the kernel keeps until we accept them. Default 4,096; the system's own limit lowers it.</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>How long a peer may be unreachable before its connection is reset, whatever its keep alive says. Default 120 s.</summary>
    public TimeSpan DeadPeerTimeout { get; init; } = TimeSpan.FromSeconds(120);
}

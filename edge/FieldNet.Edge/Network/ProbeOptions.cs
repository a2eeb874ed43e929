using FieldNet.Slice.Stamp;

namespace FieldNet.Edge.Network;

/// <summary>One path that the agent probes, as the site file names it.</summary>
internal sealed record ProbeOptions
{
    public required string Name { get; init; }

    /// <summary>A gateway's <c>ward/bed/device</c>, <c>core</c> or <c>backhaul</c>.</summary>
    public required string Target { get; init; }

    public required string Host { get; init; }

    public int Port { get; init; } = StampSenderOptions.PresetPort;

    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(100);

    public int? Dscp { get; init; }

    public StampKey? Key { get; init; }
}

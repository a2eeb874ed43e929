using FieldNet.History.LineProtocol;

namespace FieldNet.Edge.History;

/// <summary>The time-series server that the history goes to besides the agent's own.</summary>
internal sealed record InfluxLinkOptions
{
    public required LineTarget Target { get; init; }

    /// <summary>Null: the server asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>Waveforms, too.</summary>
    public bool Waves { get; init; }

    /// <summary>Most points of backlog a second. Default 20,000.</summary>
    public int BacklogPointsPerSecond { get; init; } = 20_000;
}

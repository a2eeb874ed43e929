namespace FieldNet.History.LineProtocol;

/// <summary>What a <see cref="LineSink"/> sends, and at what pace.</summary>
public sealed record LineSinkOptions
{
    /// <summary>File of what the server has; its folder is made if absent.</summary>
    public required string Ledger { get; init; }

    /// <summary>The agent's event file.</summary>
    public required string Events { get; init; }

    /// <summary>Waveforms, too: some 250 points a second each. Default: not.</summary>
    public bool Waves { get; init; }

    /// <summary>Most points of backlog a second; live ones are not held back. Default 20,000.</summary>
    public int BacklogPointsPerSecond { get; init; } = 20_000;

    /// <summary>Live data older than this become backlog, so that newer ones go first. Default 30 s.</summary>
    public TimeSpan JumpAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server that says when it started must outlive a point before that counts as stored. Default 30 s; VictoriaMetrics 1.79 needs 10.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the log is looked at. Default 1 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the ledger is written, at most. Default 5 s.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(5);
}

using FieldNet.Capture.Checkpoints;

namespace FieldNet.Capture.Sequencing;

/// <summary>Turns, rings and waits of a <see cref="Sequencer"/>.</summary>
public sealed record SequencerOptions
{
    /// <summary>Named in the agent_start record. Default: none.</summary>
    public string Version { get; init; } = "";

    /// <summary>What the views decide by beside the records, a JSON object, put into the agent_start record as <c>settings</c>. Default: none.</summary>
    public byte[] Settings { get; init; } = [];

    /// <summary>What a connection's ring may grow to, bytes; also the largest arrival. Default 512 KiB.</summary>
    public int RingBytes { get; init; } = 512 * 1024;

    /// <summary>Most records taken from one connection before the next one's turn. Default 64.</summary>
    public int TurnRecords { get; init; } = 64;

    /// <summary>Most bytes taken in one turn; the record that passes it is still taken. Default 64 KiB.</summary>
    public int TurnBytes { get; init; } = 64 * 1024;

    /// <summary>In this much silence a tick record is written. Default 1 s.</summary>
    public TimeSpan TickEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time between two ends of a batch, also in silence. Default 100 ms.</summary>
    public TimeSpan BatchEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>How long a quarantine or the stop waits for its commit; a quarantine that gets none ends the agent. Default 5 s.</summary>
    public TimeSpan CommitWait { get; init; } = TimeSpan.FromSeconds(5);
}

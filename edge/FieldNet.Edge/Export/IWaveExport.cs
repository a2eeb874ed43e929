using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Export;

/// <summary>Writes waveforms, handed over as placed chunks.</summary>
internal interface IWaveExport : IDisposable
{
    long Samples { get; }

    /// <param name="originUs">Time of index 0.</param>
    /// <param name="index">Of the chunk's first sample, on a grid of its period.</param>
    void Take(Topic topic, in WaveChunk chunk, long originUs, long index);

    /// <summary>Writes what waits for its end.</summary>
    /// <returns>The files of the result that a reader opens first.</returns>
    IReadOnlyList<string> Complete(EventExport events);
}

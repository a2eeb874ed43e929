namespace FieldNet.Dashboard.Stream;

/// <summary>Decides what one viewer's next frame must hold.</summary>
/// <remarks>
/// Shape: no queue; what it remembers is the last tick it saw, and all else is made from the newest one. Threading: one at a time.
/// </remarks>
/// <param name="bed">Key of the bed whose waveforms are all watched; null for the wall, <see cref="NoWaves"/> for none.</param>
/// <param name="network">Whether it shows the network.</param>
internal sealed class Viewer(string? bed, bool network = false)
{
    /// <summary>The name of no bed: tiles without any waveform.</summary>
    public const string NoWaves = "";

    private readonly string? _bed = network ? bed ?? NoWaves : bed;
    private Tick? _last;
    private long _sequence;

    public WardFrame Next(Tick tick)
    {
        var sequence = ++_sequence;
        var frame = _last switch
        {
            null => tick.Full(sequence, _bed, network),
            { LogTimeUs: var seenUs } when tick.LogTimeUs - seenUs > Tick.WindowUs => tick.Full(sequence, _bed, network),
            { Number: var seen } when tick.Number == seen + 1 => tick.Delta(sequence, _bed, network),
            var last => tick.Since(last, sequence, _bed, network),
        };
        _last = tick;
        return frame;
    }
}

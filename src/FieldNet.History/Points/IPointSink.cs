using FieldNet.Telemetry.Messages;

namespace FieldNet.History.Points;

/// <summary>Takes numbers that were measured, one at a time.</summary>
public interface IPointSink
{
    /// <param name="series">The same object for the same series, for as long as the <see cref="NumericPoints"/> that gives it lives.</param>
    /// <param name="timeUs">When it was measured, UTC microseconds on the log's clock.</param>
    /// <param name="value">In the signal's usual unit.</param>
    /// <param name="isLate">Buffered by its sender during an outage: nobody saw it live.</param>
    void Add(Series series, long timeUs, double value, bool isLate);

    /// <summary>The same number with all that its message says of it, for a sink that keeps more than values.</summary>
    void Add(Series series, long timeUs, in NumericSample sample, in Stamp stamp, bool isLate) => Add(series, timeUs, sample.Value, isLate);
}

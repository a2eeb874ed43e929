using FieldNet.History.Points;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Edge.Export;

/// <summary>The numbers of a span, one a row, in the order in which they arrived; a backlog therefore stands behind what it repairs.</summary>
/// <remarks>Doubles: a message that its sender repeated gives no second row.</remarks>
internal sealed class NumericCsv(string folder, ExportSpan span) : IPointSink, IDisposable
{
    private readonly CsvFile _csv = new(Path.Combine(folder, "numerics.csv"), "time,ward,bed,device,signal,unit,value,validity,late,mode");
    private readonly Dictionary<Series, (long TimeUs, double Value)> _last = new(ReferenceEqualityComparer.Instance);

    public CsvFile Csv => _csv;

    /// <inheritdoc/>
    public void Add(Series series, long timeUs, in NumericSample sample, in Stamp stamp, bool isLate)
    {
        if (!span.Holds(timeUs) || (_last.TryGetValue(series, out var last) && last == (timeUs, sample.Value)))
        {
            return;
        }

        _last[series] = (timeUs, sample.Value);
        _csv.Time(timeUs).Field(series.Ward).Field(series.Bed).Field(series.Device).Field(series.Signal.Id).Field(series.Signal.Unit)
            .Field(sample.Value).Field(Words.Of(sample.Validity)).Field(isLate ? "true" : "false").Field(Words.Of(stamp.Mode));
        _csv.End();
    }

    /// <inheritdoc/>
    public void Add(Series series, long timeUs, double value, bool isLate) =>
        Add(series, timeUs, new NumericSample { Signal = series.Signal, Value = value, HasValue = true }, new Stamp { Historical = isLate }, isLate);

    public void Dispose() => _csv.Dispose();
}

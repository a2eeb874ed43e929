using FieldNet.History.Points;

namespace FieldNet.History.Tests.Fakes;

/// <summary>Remembers points, with their times in seconds since <see cref="SentVitals.StartUs"/>.</summary>
internal sealed class SeenPoints : IPointSink
{
    public List<(string Signal, double Seconds, double Value, bool IsLate)> Points { get; } = [];

    public IEnumerable<double> Seconds => Points.Select(point => point.Seconds);

    public void Add(Series series, long timeUs, double value, bool isLate) =>
        Points.Add((series.Signal.Id, (timeUs - SentVitals.StartUs) / 1e6, value, isLate));
}

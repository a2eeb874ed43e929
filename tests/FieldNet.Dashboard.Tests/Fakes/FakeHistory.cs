using System.Text.Json;
using FieldNet.Dashboard.History;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>A history that remembers what it was asked.</summary>
internal sealed class FakeHistory : IHistoryViews
{
    public TrendRequest? Trended { get; private set; }

    public EventRequest? Listed { get; private set; }

    public WaveRequest? LookedBack { get; private set; }

    public SeriesListDto Series(string bed) => new(bed, [new("mon1", "MDC_ECG_HEART_RATE", "/min", "HR", "FC", 0, 1000, 2000)]);

    public TrendDto? Trend(TrendRequest request)
    {
        Trended = request;
        return request.Signal == "MDC_ECG_HEART_RATE"
            ? new(request.Bed, "mon1", request.Signal, "/min", 0, request.FromMs, request.ToMs, 0, 0, 4000, [1000], [1], [72], [72], [72], [0])
            : null;
    }

    public EventsDto Events(EventRequest request)
    {
        Listed = request;
        return new([JsonDocument.Parse("""{"n":7,"kind":"alarm"}""").RootElement], More: true);
    }

    public WavesDto? Waves(WaveRequest request, CancellationToken cancellation)
    {
        LookedBack = request;
        return new(request.Bed, "mon1", request.Signal, "mV", request.FromMs, request.ToMs, false, [new(1000, 4, false, [0.5f, null], [0.5f, null])]);
    }
}

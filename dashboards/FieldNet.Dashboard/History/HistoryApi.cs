using FieldNet.Dashboard.Stream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FieldNet.Dashboard.History;

/// <summary>The past over plain HTTP: trends, events, waveforms.</summary>
/// <remarks>Errors: what can't be asked is a problem (RFC 9457) whose detail names the parameter.</remarks>
internal static class HistoryApi
{
    private const int MostPoints = 10_000;
    private const int MaxSignalLength = 64;

    /// <summary>A look-back may read an hour of every bed's waveforms: more than one at a time would take the live ward's cores.</summary>
    private static readonly SemaphoreSlim LookBack = new(1);
    private const int MostEvents = 10_000;
    private const int MostWavePoints = 100_000;

    /// <summary>A look at waveforms, not an export.</summary>
    private const long LongestWavesMs = 3_600_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/history").WithTags("History").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/series", Series).WithSummary("What is kept of a bed");
        api.MapGet("/trend", Trend).WithSummary("A number over time: every value, or count, least, mean and greatest of spans")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/events", Events).WithSummary("Alarms, incidents and all other events, in order");
        api.MapGet("/waves", Waves).WithSummary("Waveform of a bed, whole or thinned out").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Results<Ok<SeriesListDto>, ProblemHttpResult> Series(string? bed, IHistoryViews history) =>
        IsBed(bed) ? TypedResults.Ok(history.Series(bed!)) : NoBed();

    private static Results<Ok<TrendDto>, ProblemHttpResult> Trend(
        string? bed, string? device, string? signal, string? from, string? to, int? points, IHistoryViews history)
    {
        if (Fault(bed, signal, from, to, out var fromMs, out var toMs) is { } fault)
        {
            return fault;
        }

        var most = points ?? 1000;
        return most is < 1 or > MostPoints ? Bad($"points is from 1 to {MostPoints}.")
            : history.Trend(new(bed!, device, signal!, fromMs, toMs, most)) is { } trend ? TypedResults.Ok(trend)
            : NotKept($"Nothing is kept of {signal} at {bed}.");
    }

    private static Results<Ok<EventsDto>, ProblemHttpResult> Events(
        string? bed, string? kind, string? from, string? to, long? before, int? limit, IHistoryViews history)
    {
        long? fromMs = null, toMs = null;
        if (bed is not null && !IsBed(bed))
        {
            return NoBed();
        }

        if ((from is not null && !TryTime(from, ref fromMs)) || (to is not null && !TryTime(to, ref toMs)))
        {
            return BadTime();
        }

        var most = limit ?? 1000;
        return most is < 1 or > MostEvents ? Bad($"limit is from 1 to {MostEvents}.")
            : TypedResults.Ok(history.Events(new(bed, kind, fromMs, toMs, before, most)));
    }

    private static async Task<Results<Ok<WavesDto>, ProblemHttpResult>> Waves(
        string? bed, string? device, string? signal, string? from, string? to, int? points, IHistoryViews history, CancellationToken cancellation)
    {
        if (Fault(bed, signal, from, to, out var fromMs, out var toMs) is { } fault)
        {
            return fault;
        }

        var most = points ?? 10_000;
        if (most is < 1 or > MostWavePoints || toMs - fromMs > LongestWavesMs)
        {
            return Bad(toMs - fromMs > LongestWavesMs ? "from and to are at most an hour apart." : $"points is from 1 to {MostWavePoints}.");
        }

        await LookBack.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return history.Waves(new(bed!, device, signal!, fromMs, toMs, most), cancellation) is { } waves
                ? TypedResults.Ok(waves)
                : NotKept($"There is no waveform {signal} at {bed} in that span.");
        }
        finally
        {
            LookBack.Release();
        }
    }

    private static ProblemHttpResult? Fault(string? bed, string? signal, string? from, string? to, out long fromMs, out long toMs)
    {
        (fromMs, toMs) = (0, 0);
        if (!IsBed(bed))
        {
            return NoBed();
        }

        // Not looked up in the table of signals: a question must not add names to it.
        if (signal is not { Length: > 0 and <= MaxSignalLength })
        {
            return Bad("signal is the MDC reference id of a signal, such as MDC_ECG_HEART_RATE.");
        }

        return !HistoryTime.TryRead(from, out fromMs) || !HistoryTime.TryRead(to, out toMs) ? BadTime()
            : fromMs >= toMs ? Bad("from is before to.")
            : null;
    }

    private static bool TryTime(string text, ref long? ms)
    {
        if (!HistoryTime.TryRead(text, out var read))
        {
            return false;
        }

        ms = read;
        return true;
    }

    private static bool IsBed(string? bed) => bed is not null && BedName.IsValid(bed);

    private static ProblemHttpResult NoBed() => Bad("bed is ward/bed, such as icu1/bed-03.");

    private static ProblemHttpResult BadTime() => Bad("from and to are UTC times: ISO 8601, such as 2026-11-22T06:30:00Z, or milliseconds since 1970.");

    private static ProblemHttpResult Bad(string detail) =>
        TypedResults.Problem(title: "Bad question", detail: detail, statusCode: StatusCodes.Status400BadRequest);

    private static ProblemHttpResult NotKept(string detail) =>
        TypedResults.Problem(title: "Nothing kept", detail: detail, statusCode: StatusCodes.Status404NotFound);
}

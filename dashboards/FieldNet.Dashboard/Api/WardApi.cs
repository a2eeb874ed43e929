using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Health;
using FieldNet.Dashboard.Metrics;
using FieldNet.Dashboard.Network;
using FieldNet.Dashboard.Stream;
using FieldNet.Telemetry.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FieldNet.Dashboard.Api;

/// <summary>The pages' data over plain HTTP: reads only.</summary>
internal static class WardApi
{
    /// <summary>The counter whose label <c>reason</c> names each <see cref="FieldNet.Telemetry.Refusal"/>.</summary>
    private const string RefusedCounter = "fieldnet_refused_total";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Ward");
        api.MapGet("/signals", Signals).WithSummary("The signals that the agent knows, with units and labels");
        api.MapGet("/ward", Ward).WithSummary("The whole unit, as a full frame of the stream without waveforms");
        api.MapGet("/beds/{ward}/{bed}", Bed).WithSummary("One bed").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/agent", Agent).WithSummary("The agent about itself: version, mode, counters, refusals");
        routes.MapGet("/healthz", Healthz).WithTags("Operation").WithSummary("200 when well, 503 with reasons");
        routes.MapGet("/metrics", Metrics).WithTags("Operation").WithSummary("Metrics as Prometheus text")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    private static SignalDto[] Signals() => [.. SignalTable.All.Select(SignalDto.Of)];

    private static WardFrame Ward(WardFeed feed, IAgentStatus agent)
    {
        var snapshot = feed.Latest;
        return new WardFrame(
            0, snapshot.Record, BedTranslation.ToMs(snapshot.LogTimeUs), Full: true, snapshot.Site,
            [.. snapshot.Beds.Select(BedTranslation.ToDto)], [.. snapshot.HeardUs.Select(BedTranslation.ToMs)], [],
            TickBuilder.AgentOf(agent, snapshot), feed.LatestNetwork.OpenIncidents(), feed.LatestNetwork.WatchdogMarks(), Network: null);
    }

    private static Results<Ok<BedDto>, ProblemHttpResult> Bed(string ward, string bed, WardFeed feed) =>
        feed.Latest.Beds.FirstOrDefault(each => each.Key == $"{ward}/{bed}") is { } found
            ? TypedResults.Ok(found.ToDto())
            : TypedResults.Problem(
                title: "No such bed", detail: $"No device of {ward}/{bed} has spoken to this agent.", statusCode: StatusCodes.Status404NotFound);

    private static AgentReport Agent(WardFeed feed, IAgentStatus agent, WardStream stream, MetricRegistry metrics)
    {
        var snapshot = feed.Latest;
        var (version, mode, startedMs, faults) = TickBuilder.AgentOf(agent, snapshot);
        var counters = metrics.Collect().Where(family => family.Kind == MetricKind.Counter).ToList();
        var refused = counters.Where(family => family.Name == RefusedCounter).SelectMany(family => family.Series)
            .GroupBy(series => series.Tags.Labels.FirstOrDefault(label => label.Name == "reason").Value ?? "", StringComparer.Ordinal);
        return new AgentReport(
            version, mode, startedMs, faults, snapshot.Record, stream.Viewers, StreamLatencyDto.Of(stream.Latency),
            counters.ToDictionary(family => family.Name, family => family.Series.Sum(series => series.Value), StringComparer.Ordinal),
            refused.ToDictionary(group => group.Key, group => group.Sum(series => series.Value), StringComparer.Ordinal));
    }

    private static JsonHttpResult<HealthReport> Healthz(IEnumerable<IHealthSource> sources)
    {
        var report = HealthReport.Of(sources);
        return TypedResults.Json(report, statusCode: report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static ContentHttpResult Metrics(MetricRegistry metrics) =>
        TypedResults.Text(PrometheusText.Write(metrics.Collect()), PrometheusText.ContentType);
}

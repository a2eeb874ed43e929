using FieldNet.Dashboard.Feed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FieldNet.Dashboard.Network;

/// <summary>The network page's data over plain HTTP: what was last taken from the processor, at most a second old while it runs.</summary>
internal static class NetworkApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/network").WithTags("Network");
        api.MapGet("", (WardFeed feed) => feed.LatestNetwork.ToDto())
            .WithSummary("Who is who on the 5G network, budgets, sources, incidents and the alarm path's watchdog");
        api.MapGet("/incidents", Incidents).WithSummary("Faults, each named once at its root: open ones first, then those that ended in the last hour");
    }

    private static IncidentDto[] Incidents(WardFeed feed) => [.. feed.LatestNetwork.Incidents.Select(NetworkTranslation.ToDto)];
}

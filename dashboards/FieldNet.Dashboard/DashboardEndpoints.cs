using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.History;
using FieldNet.Dashboard.Metrics;
using FieldNet.Dashboard.Network;
using FieldNet.Dashboard.Page;
using FieldNet.Dashboard.Replay;
using FieldNet.Dashboard.Stream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FieldNet.Dashboard;

/// <summary>Puts the dashboard on a web application: the page, the stream, the API, health and metrics.</summary>
public static class DashboardEndpoints
{
    /// <summary>Call once, before the application starts and before anything is counted; to what it binds is the host's affair.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        app.Services.GetRequiredService<MetricRegistry>();
        var options = app.Services.GetRequiredService<IOptions<DashboardOptions>>().Value;

        app.UseBrowserGuards(options.AllowedOrigins);
        app.UseHostFiltering();
        app.UseExceptionHandler();
        app.UseStatusCodePages();

        PageFiles.Map(app, options.PageFolder);
        WardApi.Map(app);
        NetworkApi.Map(app);
        ReplayApi.Map(app);
        HistoryApi.Map(app);
        app.MapOpenApi();
        app.MapHub<WardHub>("/hub/ward", hub => hub.Transports = HttpTransportType.WebSockets);
        app.MapHub<ReplayHub>("/hub/replay", hub => hub.Transports = HttpTransportType.WebSockets);
    }
}

using FieldNet.Capture.Log;
using FieldNet.Dashboard.Health;
using FieldNet.Telemetry.Ingress;
using Microsoft.Extensions.DependencyInjection;

namespace FieldNet.Edge.History;

/// <summary>Registers the time-series server of an agent.</summary>
internal static class InfluxServices
{
    /// <param name="influx">Null: there is none.</param>
    public static IServiceCollection AddInflux(this IServiceCollection services, InfluxLinkOptions? influx, string data, CaptureLog log, ILogClock clock, TimeProvider time)
    {
        if (influx is null)
        {
            // Nobody comes back for it: the log need not wait.
            log.Cursors.Remove(InfluxLink.CursorName);
            return services;
        }

        var cursor = log.Cursors.Open(InfluxLink.CursorName);
        var link = new InfluxLink(influx, data, new CommittedLog(log.Disk, log, clock), time, cursor.AdvanceTo);
        return services.AddHostedService(_ => link).AddSingleton<IHealthSource>(link);
    }
}

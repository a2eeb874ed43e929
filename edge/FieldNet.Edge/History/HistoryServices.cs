using FieldNet.Capture.Log;
using FieldNet.Dashboard.Health;
using FieldNet.Dashboard.History;
using FieldNet.History.Trends;
using Microsoft.Extensions.DependencyInjection;

namespace FieldNet.Edge.History;

/// <summary>Registers the history of an agent.</summary>
internal static class HistoryServices
{
    /// <summary>Keeps it in the data folder, from the log, as long as the application runs.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services, string data, CaptureLog log, TimeProvider time)
    {
        var history = new HistoryService(data, log.Disk, log, new TrendRetention(), time) { Kept = log.Cursors.Open("history").AdvanceTo };
        return services
            .AddHostedService(_ => history)
            .AddSingleton<IHealthSource>(history)
            .AddSingleton<IHistoryViews>(new HistoryViews(history, new WaveLookBack(log.Disk, log)));
    }
}

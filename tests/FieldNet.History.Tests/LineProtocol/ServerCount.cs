using System.Text.Json;
using FieldNet.TestKit;

namespace FieldNet.History.Tests.LineProtocol;

/// <summary>Counts what a real server has.</summary>
internal static class ServerCount
{
    /// <summary>Points of one field, by InfluxQL.</summary>
    public static async Task<long> InfluxAsync(TimeSeriesServer server, string measurement, string field)
    {
        using var json = JsonDocument.Parse(await server.GetAsync($"/query?db=fieldnet&q=SELECT+count(\"{field}\")+FROM+\"{measurement}\""));
        return json.RootElement.GetProperty("results")[0].TryGetProperty("series", out var series) ? series[0].GetProperty("values")[0][1].GetInt64() : 0;
    }

    /// <summary>Samples of one metric, repetitions that the server still holds included.</summary>
    public static async Task<long> VictoriaMetricsAsync(TimeSeriesServer server, string metric)
    {
        await server.GetAsync("/internal/force_flush");
        var lines = await server.GetAsync($"/api/v1/export?match[]={metric}");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line =>
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("timestamps").GetArrayLength();
        });
    }
}

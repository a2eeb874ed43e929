using System.Globalization;
using System.Text.Json;
using FieldNet.History.Trends;

namespace FieldNet.History.LineProtocol;

/// <summary>Reads trends back from the server, by InfluxQL, as the agent's own history gives them.</summary>
/// <remarks>Threading: as <see cref="LineClient"/>. VictoriaMetrics has no InfluxQL.</remarks>
public sealed class ServerTrends(LineClient client)
{
    /// <param name="query">Its device must be named.</param>
    /// <returns>In order of time, whole buckets since the epoch; where nothing was measured there is none.</returns>
    /// <exception cref="HttpRequestException">The server does not answer, or refuses.</exception>
    /// <exception cref="InvalidDataException">The answer is none of InfluxQL's.</exception>
    public async Task<IReadOnlyList<TrendBucket>> ReadAsync(TrendQuery query, CancellationToken cancellation)
    {
        var device = query.Device ?? throw new ArgumentException("The query names no device.", nameof(query));
        var bucketUs = Math.Max(1, (query.ToUs - query.FromUs + query.Points - 1) / query.Points);
        var place = query.Bed.Split('/');
        string[] conditions =
        [
            $"\"signal\" = {Literal(query.Signal)}", $"\"device\" = {Literal(device)}", $"\"bed\" = {Literal(place[^1])}",
            .. place.Length > 1 ? [$"\"ward\" = {Literal(place[^2])}"] : Array.Empty<string>(),
            .. place.Length > 2 ? [$"\"site\" = {Literal(place[^3])}"] : Array.Empty<string>(),
            string.Create(CultureInfo.InvariantCulture, $"time >= {query.FromUs}u AND time < {query.ToUs}u"),
        ];
        var answer = await client.QueryAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT count(\"value\"), min(\"value\"), mean(\"value\"), max(\"value\"), sum(\"late\") FROM \"numeric\" WHERE {string.Join(" AND ", conditions)} GROUP BY time({bucketUs}u) fill(none)"),
            cancellation).ConfigureAwait(false);
        return Buckets(answer);
    }

    private static List<TrendBucket> Buckets(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var result = json.RootElement.GetProperty("results")[0];
            if (result.TryGetProperty("error", out var error))
            {
                throw new InvalidDataException(error.GetString());
            }

            return result.TryGetProperty("series", out var series) ? [.. series[0].GetProperty("values").EnumerateArray().Select(Bucket)] : [];
        }
        catch (Exception strange) when (strange is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The server's answer is none of InfluxQL's.", strange);
        }
    }

    private static TrendBucket Bucket(JsonElement row) => new(
        row[0].GetInt64(), row[1].GetInt64(), row[2].GetDouble(), row[3].GetDouble(), row[4].GetDouble(), row[5].ValueKind == JsonValueKind.Number && row[5].GetInt64() > 0);

    private static string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}

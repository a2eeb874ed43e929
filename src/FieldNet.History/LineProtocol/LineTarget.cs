using System.Diagnostics.CodeAnalysis;

namespace FieldNet.History.LineProtocol;

/// <summary>Where lines go: a server, and the database or bucket there.</summary>
/// <remarks>Source: InfluxDB 1.x <c>/write?db=</c>, which VictoriaMetrics takes too; InfluxDB 2 and later <c>/api/v2/write?org=&amp;bucket=</c>.</remarks>
public sealed class LineTarget
{
    private readonly Uri _server;
    private readonly IReadOnlyDictionary<string, string> _parameters;

    private LineTarget(Uri server, IReadOnlyDictionary<string, string> parameters) => (_server, _parameters) = (server, parameters);

    /// <summary>The database of <c>/write</c>; null for <c>/api/v2/write</c>.</summary>
    public string? Database => _parameters.GetValueOrDefault("db");

    /// <summary>In nanoseconds, so that the digits behind the microsecond tell two points of one tick apart.</summary>
    internal Uri Write => Database is null ? At("api/v2/write", [.. _parameters, new("precision", "ns")]) : At("write", [.. _parameters, new("precision", "n")]);

    /// <summary>Says, on servers that lose what they acknowledged when they are killed, since when they run.</summary>
    internal Uri Metrics => At("metrics", []);

    /// <param name="text"><c>http://HOST:PORT?db=NAME[&amp;rp=NAME]</c>, or <c>?org=NAME&amp;bucket=NAME</c>.</param>
    /// <param name="why">What is wrong, as the end of a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LineTarget? target, out string why)
    {
        (target, why) = (null, "");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            why = "is not an address of http or https";
            return false;
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            why = "may hold no password: a command line can be read by everyone on this machine";
            return false;
        }

        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            parameters[parts[0]] = parts.Length == 2 ? Uri.UnescapeDataString(parts[1].Replace('+', ' ')) : "";
        }

        var isFirst = parameters.ContainsKey("db") && parameters.Keys.All(key => key is "db" or "rp");
        var isSecond = parameters.ContainsKey("bucket") && parameters.Keys.All(key => key is "org" or "bucket");
        if (!(isFirst || isSecond) || parameters.Values.Any(string.IsNullOrWhiteSpace))
        {
            why = "names no database; end it with ?db=NAME, or with ?org=NAME&bucket=NAME for InfluxDB 2";
            return false;
        }

        target = new LineTarget(new UriBuilder(uri) { Query = "" }.Uri, parameters);
        return true;
    }

    /// <summary>InfluxQL goes to <c>/query</c> on every server that knows it.</summary>
    internal Uri Query(string influxQl) => At("query", [new("db", Database ?? _parameters["bucket"]), new("q", influxQl), new("epoch", "u")]);

    /// <inheritdoc/>
    public override string ToString() => _server.ToString();

    private Uri At(string path, IEnumerable<KeyValuePair<string, string>> parameters) => new UriBuilder(_server)
    {
        Path = $"{_server.AbsolutePath.TrimEnd('/')}/{path}",
        Query = string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")),
    }.Uri;
}

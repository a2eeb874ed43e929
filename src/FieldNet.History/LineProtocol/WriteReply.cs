using System.Globalization;
using System.Text.RegularExpressions;

namespace FieldNet.History.LineProtocol;

/// <summary>A server's answer to a write, read by its status and its words.</summary>
/// <param name="Rejected">Lines that the server says it refused; at least 1 when it stored only a part.</param>
/// <param name="RetryAfter">How long the server asks us to wait.</param>
/// <param name="Status">Of HTTP; 0 when the server did not answer, so that nobody knows what became of the lines.</param>
/// <param name="Reason">For people: the status and the beginning of what the server said.</param>
/// <remarks>Source: the handlers of InfluxDB 1.6 to 3 and VictoriaMetrics, and the rules of Telegraf's output.</remarks>
internal sealed partial record WriteReply(WriteVerdict Verdict, int Rejected, TimeSpan? RetryAfter, int Status, string Reason)
{
    private const int ShownCharacters = 200;

    /// <summary>The server fell over it, or has trouble of its own.</summary>
    public bool IsServerError => Status == 500;

    public static WriteReply Silence(string reason) => new(WriteVerdict.Later, 0, null, 0, reason);

    public static WriteReply Of(int status, string body, TimeSpan? retryAfter)
    {
        var words = body.ReplaceLineEndings(" ").Trim();
        var reason = $"HTTP {status}{(words.Length == 0 ? "" : ": ")}{words[..Math.Min(words.Length, ShownCharacters)]}";
        var rejected = Rejections(body);
        var verdict = status switch
        {
            >= 200 and < 300 => WriteVerdict.Stored,
            400 or 422 => rejected > 0 ? WriteVerdict.PartlyStored : WriteVerdict.Refused,
            406 => WriteVerdict.Dropped,
            401 or 403 => WriteVerdict.NotLetIn,
            404 => WriteVerdict.NoDatabase,
            413 => WriteVerdict.TooLarge,
            // A request that took too long on its way says nothing about its lines.
            408 or 429 => WriteVerdict.Later,
            >= 400 and < 500 => WriteVerdict.Dropped,
            _ => WriteVerdict.Later,
        };
        return new WriteReply(verdict, verdict == WriteVerdict.PartlyStored ? rejected : 0, retryAfter, status, reason);
    }

    /// <summary>0 when the server does not say that it stored the rest.</summary>
    private static int Rejections(string body)
    {
        if (!body.Contains("partial write", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        // 1.x says dropped=0 for lines that it could not parse, but names each; 3 lists the lines.
        var dropped = Dropped().Match(body) is { Success: true } match ? int.Parse(match.ValueSpan[8..], CultureInfo.InvariantCulture) : 0;
        return Math.Max(1, Math.Max(dropped, Named().Count(body)));
    }

    [GeneratedRegex(@"dropped=\d{1,9}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Dropped();

    [GeneratedRegex("unable to parse '|\"line_number\"", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Named();
}

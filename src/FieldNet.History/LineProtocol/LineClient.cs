using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace FieldNet.History.LineProtocol;

/// <summary>Speaks to one server: one request at a time, over one connection that lasts.</summary>
/// <remarks>Errors: a server that does not answer is an answer, too (<see cref="WriteVerdict.Later"/>). Threading: one caller at a time.</remarks>
public sealed partial class LineClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A longer answer counts as none.</summary>
    private const int MaxAnswerBytes = 32 * 1024 * 1024;

    private readonly LineTarget _target;
    private readonly HttpClient _http;
    private int _connections;

    /// <param name="token">Null: the server asks for none. On <c>/write</c> it may be <c>user:password</c>.</param>
    public LineClient(LineTarget target, string? token)
    {
        _target = target;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 1,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = ConnectAsync,
        };
        _http = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswerBytes };
        _http.DefaultRequestHeaders.Authorization = (token, target.Database) switch
        {
            (null, _) => null,
            (_, null) => new AuthenticationHeaderValue("Token", token),
            _ when token.Contains(':', StringComparison.Ordinal) => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(token))),
            _ => new AuthenticationHeaderValue("Bearer", token),
        };
    }

    /// <summary>How many connections were made: one more, and the server may have been away.</summary>
    internal int Connections => Volatile.Read(ref _connections);

    public void Dispose() => _http.Dispose();

    /// <param name="lines">Compressed.</param>
    /// <exception cref="OperationCanceledException">Cancelled; what became of the lines is not known.</exception>
    internal async Task<WriteReply> WriteAsync(byte[] lines, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        content.Headers.ContentEncoding.Add("gzip");
        try
        {
            using var response = await _http.PostAsync(_target.Write, content, cancellation).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            return WriteReply.Of((int)response.StatusCode, body, RetryAfter(response));
        }
        catch (Exception silent) when (IsSilence(silent, cancellation))
        {
            return WriteReply.Silence(Innermost(silent));
        }
    }

    /// <summary>Makes the database of a 1.x server, if we may. A bucket is made by its administrator.</summary>
    internal async Task<bool> TryCreateDatabaseAsync(CancellationToken cancellation)
    {
        if (_target.Database is not { } database)
        {
            return false;
        }

        try
        {
            var statement = $"CREATE DATABASE \"{database.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            using var response = await _http.PostAsync(_target.Query(statement), null, cancellation).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception silent) when (IsSilence(silent, cancellation))
        {
            return false;
        }
    }

    /// <summary>When the server's process started, in its own words; empty when it does not say.</summary>
    /// <returns>Null, and why, when it does not answer.</returns>
    /// <remarks>Source: <c>vm_app_start_timestamp</c> of VictoriaMetrics, in whole seconds: a server that starts twice within one looks the same. InfluxDB syncs its own log before it answers and needs no asking.</remarks>
    internal async Task<(string? Start, string? Silence)> StartedAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(_target.Metrics, cancellation).ConfigureAwait(false);
            if ((int)response.StatusCode is 408 or 429 or >= 500)
            {
                return (null, $"HTTP {(int)response.StatusCode}");
            }

            var text = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false) : "";
            return (Start().Match(text).Groups["at"].Value, null);
        }
        catch (Exception silent) when (IsSilence(silent, cancellation))
        {
            return (null, Innermost(silent));
        }
    }

    /// <summary>Asks in InfluxQL. Times in the answer are UTC microseconds.</summary>
    /// <exception cref="HttpRequestException">The server does not answer, or refuses; the message has its words.</exception>
    public async Task<string> QueryAsync(string influxQl, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(_target.Query(influxQl), cancellation).ConfigureAwait(false);
        var body = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? body : throw new HttpRequestException($"HTTP {(int)response.StatusCode}: {body}", null, response.StatusCode);
    }

    private static bool IsSilence(Exception failed, CancellationToken cancellation) =>
        failed is HttpRequestException or IOException || (failed is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static string Innermost(Exception failed) =>
        failed is OperationCanceledException ? "no answer within 30 s" : (failed.InnerException ?? failed).Message;

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now => date - now,
        _ => null,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Interlocked.Increment(ref _connections);
        return new NetworkStream(socket, ownsSocket: true);
    }

    [GeneratedRegex(@"^vm_app_start_timestamp (?<at>\S+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Start();
}

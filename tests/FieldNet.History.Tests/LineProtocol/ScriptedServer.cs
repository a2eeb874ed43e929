using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FieldNet.History.Tests.LineProtocol;

/// <summary>An HTTP server that answers each write as it is told, and remembers the lines that it took.</summary>
/// <remarks>On plain sockets, so that it can break a connection in the middle as a killed server does.</remarks>
internal sealed class ScriptedServer : IAsyncDisposable
{
    /// <summary>Takes the lines, and breaks the connection instead of saying so.</summary>
    public const int Silence = -1;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string[], (int Status, string Body)> _answer;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _serving;

    /// <param name="answer">To the lines of one write.</param>
    public ScriptedServer(Func<string[], (int Status, string Body)> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Lines of the requests that were stored, in order.</summary>
    public List<string[]> Taken { get; } = [];

    public List<string> Paths { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public int Writes { get; private set; }

    public string? RetryAfter { get; set; }

    /// <summary>What <c>/metrics</c> says.</summary>
    public string Metrics { get; set; } = "";

    /// <summary>The next request gets a broken connection for an answer, as from a killed server.</summary>
    public bool BreakNext { get; set; }

    public Func<string, int>? OnQuery { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _serving;
        _listener.Dispose();
        _closing.Dispose();
    }

    /// <summary>One connection after the other: the client has one at a time.</summary>
    private async Task ServeAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                using var socket = await _listener.AcceptSocketAsync(_closing.Token);
                socket.LingerState = new LingerOption(true, 0);
                await using var stream = new NetworkStream(socket);
                while (await AnswerAsync(stream))
                {
                }
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException)
            {
                // The client's end, or ours.
            }
        }
    }

    /// <returns>False when the connection is over.</returns>
    private async Task<bool> AnswerAsync(NetworkStream stream)
    {
        var (head, body) = await ReadAsync(stream);
        if (head.Length == 0 || BreakNext)
        {
            BreakNext = false;
            return false;
        }

        var uri = new Uri($"{Address}{head[0].Split(' ')[1]}");
        var (status, words) = uri.AbsolutePath switch
        {
            "/metrics" => (200, Metrics),
            "/query" => (OnQuery?.Invoke(Uri.UnescapeDataString(uri.Query.Split("q=")[1].Split('&')[0])) ?? 404, ""),
            _ => Write(uri, head, body),
        };
        if (status == Silence)
        {
            return false;
        }

        var wait = RetryAfter is not null && status >= 400 ? $"Retry-After: {RetryAfter}\r\n" : "";
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} x\r\n{wait}Content-Length: {Encoding.UTF8.GetByteCount(words)}\r\n\r\n{words}"), _closing.Token);
        return true;
    }

    private async Task<(string[] Head, byte[] Body)> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _closing.Token) == 0)
            {
                return ([], []);
            }

            head.Add(one[0]);
        }

        var lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var length = int.Parse(Header(lines, "Content-Length") ?? "0", CultureInfo.InvariantCulture);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _closing.Token);
        return (lines, body);
    }

    private (int Status, string Body) Write(Uri uri, string[] head, byte[] body)
    {
        Writes++;
        Paths.Add(uri.PathAndQuery);
        Authorizations.Add(Header(head, "Authorization"));
        using var unpacked = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
        var lines = unpacked.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var answer = _answer(lines);
        if (answer.Status is Silence or (>= 200 and < 300))
        {
            Taken.Add(lines);
        }

        return answer;
    }

    private static string? Header(string[] head, string name) =>
        head.FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}

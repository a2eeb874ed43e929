using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FieldNet.History.Tests.LineProtocol;

/// <summary>An HTTP server that answers each write as it is told, and remembers the lines that it took.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    /// <summary>Takes the lines, and breaks the connection instead of saying so.</summary>
    public const int Silence = -1;

    private readonly HttpListener _listener = new();
    private readonly Func<string[], (int Status, string Body)> _answer;
    private readonly Task _serving;

    /// <param name="answer">To the lines of one write.</param>
    public ScriptedServer(Func<string[], (int Status, string Body)> answer)
    {
        _answer = answer;
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>Lines of the requests that were stored, in order.</summary>
    public List<string[]> Taken { get; } = [];

    public List<string> Paths { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public int Writes { get; private set; }

    public string? RetryAfter { get; set; }

    /// <summary>What <c>/metrics</c> says.</summary>
    public string Metrics { get; set; } = "";

    /// <summary>The next answer breaks its connection, as a kill does.</summary>
    public bool BreakNext { get; set; }

    public Func<string, int>? OnQuery { get; set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        if (BreakNext)
        {
            BreakNext = false;
            context.Response.Abort();
            return;
        }

        var (status, body) = context.Request.Url!.AbsolutePath switch
        {
            "/metrics" => (200, Metrics),
            "/query" => (OnQuery?.Invoke(context.Request.QueryString["q"]!) ?? 404, ""),
            _ => Write(context.Request),
        };
        if (status == Silence)
        {
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (RetryAfter is { } wait && status >= 400)
        {
            context.Response.AddHeader("Retry-After", wait);
        }

        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
    }

    private (int Status, string Body) Write(HttpListenerRequest request)
    {
        Writes++;
        Paths.Add(request.RawUrl!);
        Authorizations.Add(request.Headers["Authorization"]);
        using var unpacked = new StreamReader(new GZipStream(request.InputStream, CompressionMode.Decompress));
        var lines = unpacked.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var answer = _answer(lines);
        if (answer.Status is Silence or (>= 200 and < 300))
        {
            Taken.Add(lines);
        }

        return answer;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

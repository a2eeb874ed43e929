using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>A page's side of the hub: SignalR's JSON protocol over a WebSocket, read only when the test says so.</summary>
internal sealed class HubSocket : IDisposable
{
    private const byte End = 0x1e;

    private static readonly JsonSerializerOptions Json = Options();

    private readonly ClientWebSocket _socket = new();

    /// <summary>Ends a test that reads on and on for a frame that never comes: the frames go on whatever they say.</summary>
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly Queue<string> _messages = new();
    private readonly MemoryStream _partial = new();

    public static Task<HubSocket> WatchAsync(Uri server, string? bed = null, string? origin = null) =>
        OpenAsync(server, "/hub/ward", $$"""{"bed":{{JsonSerializer.Serialize(bed)}}}""", origin);

    public static Task<HubSocket> WatchNetworkAsync(Uri server) => OpenAsync(server, "/hub/ward", "{\"bed\":null,\"network\":true}", origin: null);

    public static Task<HubSocket> WatchReplayAsync(Uri server, string session, string? bed = null, string? origin = null) =>
        OpenAsync(server, "/hub/replay", $$"""{"session":{{JsonSerializer.Serialize(session)}},"bed":{{JsonSerializer.Serialize(bed)}}}""", origin);

    private static async Task<HubSocket> OpenAsync(Uri server, string path, string request, string? origin)
    {
        var hub = new HubSocket();
        if (origin is not null)
        {
            hub._socket.Options.SetRequestHeader("Origin", origin);
        }

        await hub._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = path }.Uri, Deadline.Token);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await hub.ReceiveAsync());
        await hub.SendAsync($$"""{"type":4,"invocationId":"1","target":"Watch","arguments":[{{request}}]}""");
        return hub;
    }

    /// <summary>The next frame; fails with the server's words if the stream ended instead.</summary>
    public Task<WardFrame> NextAsync() => NextAsync<WardFrame>();

    /// <inheritdoc cref="NextAsync()"/>
    public async Task<T> NextAsync<T>()
    {
        var message = await NextMessageAsync();
        Assert.True(message.GetProperty("type").GetInt32() == 2, $"not a frame: {message}");
        return message.GetProperty("item").Deserialize<T>(Json)!;
    }

    /// <summary>The next message that is no ping.</summary>
    public async Task<JsonElement> NextMessageAsync()
    {
        while (true)
        {
            var message = JsonDocument.Parse(await ReceiveAsync()).RootElement;
            if (message.GetProperty("type").GetInt32() != 6)
            {
                return message;
            }
        }
    }

    public async Task SendAsync(string message) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)End), WebSocketMessageType.Text, true, Deadline.Token);

    /// <summary>Takes bytes off the socket without a look at them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SkimAsync(byte[] buffer, CancellationToken cancellationToken) =>
        (await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken)).Count;

    public void Dispose()
    {
        _socket.Dispose();
        _patience.Dispose();
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        DashboardJson.Configure(options);
        return options;
    }

    private async Task<string> ReceiveAsync()
    {
        var buffer = new byte[65_536];
        while (_messages.Count == 0)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(), _patience.Token);
            Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
            var rest = buffer.AsSpan(0, read.Count);
            for (var end = rest.IndexOf(End); end >= 0; end = rest.IndexOf(End))
            {
                _partial.Write(rest[..end]);
                _messages.Enqueue(Encoding.UTF8.GetString(_partial.GetBuffer(), 0, (int)_partial.Length));
                _partial.SetLength(0);
                rest = rest[(end + 1)..];
            }

            _partial.Write(rest);
        }

        return _messages.Dequeue();
    }
}

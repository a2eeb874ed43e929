using System.Net;
using System.Text;
using FieldNet.Slice.Sources;

namespace FieldNet.Slice.Core;

/// <summary>Asks one HTTP server of the core, and reads no more of an answer than it has use for.</summary>
/// <remarks>Loss: an answer over <see cref="MaxAnswerBytes"/> is none. Threading: one question at a time.</remarks>
internal sealed class HttpQuestions(Uri server, ReaderCounts counts) : IDisposable
{
    /// <summary>A page of 100 subscribers takes 150 KB.</summary>
    public const int MaxAnswerBytes = 4 * 1024 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        // A function that was moved must be found at its new address, a proxy never asked for what is on the site's own network.
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="NetworkSourceException">It answered, with something else than a page.</exception>
    public async Task<string> AskAsync(string path, CancellationToken cancellation) =>
        await TryAskAsync(path, cancellation).ConfigureAwait(false) ?? throw new NetworkSourceException($"it has no {path}");

    /// <returns>Null if it does not have the page: another version, or another function.</returns>
    public async Task<string?> TryAskAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _client.GetAsync(new Uri(server, path), HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed)
        {
            return null;
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw new NetworkSourceException($"HTTP {(int)answer.StatusCode}");
        }

        using var stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            if (text.Length + read > MaxAnswerBytes)
            {
                counts.CountTooLarge();
                throw new NetworkSourceException("its answer is too large");
            }

            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    public void Dispose() => _client.Dispose();
}

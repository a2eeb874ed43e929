using System.Globalization;
using System.Text.Json;
using FieldNet.Slice.Sources;

namespace FieldNet.Slice.Core;

/// <summary>Reads Open5GS' lists of things: <c>items</c>, a hundred a page.</summary>
internal static class InfoPages
{
    public const int PageSize = 100;

    /// <summary>A function with more than these has no ward behind it alone.</summary>
    private const int MaxPages = 20;

    /// <summary>Every item of every page.</summary>
    /// <returns>Null if this function has no such list (Open5GS before 2.7.6), or none that can be read (counted): unknown, not empty. Its metrics count all the same.</returns>
    public static async Task<IReadOnlyList<T>?> ReadAsync<T>(
        HttpQuestions http, string path, Func<JsonElement, IEnumerable<T>> facts, ReaderCounts counts, CancellationToken cancellation)
    {
        try
        {
            return await ReadPagesAsync(http, path, facts, cancellation).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is NetworkSourceException or InvalidOperationException)
        {
            // No list, or a text in it is none (half of a surrogate pair).
            counts.CountMalformed();
            return null;
        }
    }

    private static async Task<IReadOnlyList<T>?> ReadPagesAsync<T>(HttpQuestions http, string path, Func<JsonElement, IEnumerable<T>> facts, CancellationToken cancellation)
    {
        var all = new List<T>();
        for (var page = 0; page < MaxPages; page++)
        {
            var text = await http.TryAskAsync(string.Create(CultureInfo.InvariantCulture, $"{path}?page={page}&page_size={PageSize}"), cancellation).ConfigureAwait(false);
            if (text is null)
            {
                return page == 0 ? null : all;
            }

            using var read = Parse(path, text);
            var items = Items(path, read.RootElement).ToList();
            all.AddRange(items.SelectMany(facts));
            if (items.Count < PageSize && !HasNext(read.RootElement))
            {
                break;
            }
        }

        return all;
    }

    private static JsonDocument Parse(string path, string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true });
        }
        catch (JsonException wrong)
        {
            throw new NetworkSourceException($"{path} is no JSON", wrong);
        }
    }

    /// <summary>Earlier versions answer with the bare list.</summary>
    private static JsonElement.ArrayEnumerator Items(string path, JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray()
        : answer.Member("items") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray()
        : throw new NetworkSourceException($"{path} is no list");

    private static bool HasNext(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.Member("pager") is { } pager && (pager.Text("next") ?? pager.Text("next_page")) is not null;
}

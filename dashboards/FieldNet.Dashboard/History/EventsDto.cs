using System.Text.Json;

namespace FieldNet.Dashboard.History;

/// <summary>Answer of <c>/api/history/events</c>.</summary>
/// <param name="Events">In order, each as its line in <c>events.jsonl</c> (docs/protocol.md).</param>
/// <param name="More">There are older ones; ask again with <c>before</c> = the first one's <c>n</c>.</param>
public sealed record EventsDto(IReadOnlyList<JsonElement> Events, bool More);

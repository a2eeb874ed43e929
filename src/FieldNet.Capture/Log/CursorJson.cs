using System.Text.Json.Serialization;

namespace FieldNet.Capture.Log;

/// <summary>How a cursor's file is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LogCursors.Saved))]
internal sealed partial class CursorJson : JsonSerializerContext;

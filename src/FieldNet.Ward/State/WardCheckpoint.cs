using System.Text.Json;

namespace FieldNet.Ward.State;

/// <summary>The ward's state as bytes: its own shape, in JSON.</summary>
internal static class WardCheckpoint
{
    private static readonly JsonSerializerOptions AsItStands = new() { IncludeFields = true, IgnoreReadOnlyProperties = true };

    public static byte[] Write(WardState state) => JsonSerializer.SerializeToUtf8Bytes(state, AsItStands);

    /// <exception cref="InvalidDataException">Of another version, or damaged.</exception>
    public static WardState Read(ReadOnlySpan<byte> saved)
    {
        try
        {
            var state = JsonSerializer.Deserialize<WardState>(saved, AsItStands);
            return state is { Version: WardState.CurrentVersion }
                ? state
                : throw new InvalidDataException($"A ward checkpoint of version {state?.Version} can't be read; this agent knows version {WardState.CurrentVersion}.");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException("The ward checkpoint is damaged.", damage);
        }
    }
}

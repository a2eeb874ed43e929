using System.Text.Json;
using FieldNet.Telemetry;

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
            if (state is { Version: WardState.CurrentVersion })
            {
                // By an agent that knew fewer reasons: they keep their places.
                var refused = state.RefusedNumbers;
                Array.Resize(ref refused, RefusalNames.Count);
                state.RefusedNumbers = refused;
                return state;
            }

            throw new InvalidDataException($"A ward checkpoint of version {state?.Version} can't be read; this agent knows version {WardState.CurrentVersion}.");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException("The ward checkpoint is damaged.", damage);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FieldNet.History.LineProtocol;

/// <summary>The small file that says what the server has for good: the live place, the pieces of backlog before it, the events.</summary>
/// <remarks>
/// Committed by fsync and rename. Should a power cut bring the older one back, more is sent again, and nothing is lost.
/// </remarks>
internal sealed class SendLedger(string path)
{
    private byte[] _last = [];

    /// <exception cref="InvalidDataException">It can't be read; the message says what to do.</exception>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public SendState Load()
    {
        if (!File.Exists(path))
        {
            return new SendState(SendPosition.Start, [], SendPosition.Start);
        }

        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(path), SendJson.Default.SendState);
            return state is { Version: SendState.CurrentVersion } ? state : throw new InvalidDataException($"{path} is of another version; move it away and everything is sent again.");
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{path} is damaged; move it away and everything is sent again.", damaged);
        }
    }

    /// <returns>False when the disk does not take it: what was there before still counts.</returns>
    public bool TrySave(SendState state)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(state, SendJson.Default.SendState);
        if (bytes.AsSpan().SequenceEqual(_last))
        {
            return true;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream($"{path}.new", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move($"{path}.new", path, overwrite: true);
            _last = bytes;
            return true;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>What is in the ledger.</summary>
internal sealed record SendState(SendPosition Live, IReadOnlyList<BacklogRange> Backlog, SendPosition Events, int Version = SendState.CurrentVersion)
{
    public const int CurrentVersion = 1;
}

/// <summary>Records that live data overtook: behind <paramref name="After"/>, up to and with <paramref name="Through"/>.</summary>
internal sealed record BacklogRange(SendPosition After, long Through);

/// <inheritdoc/>
[JsonSerializable(typeof(SendState))]
internal sealed partial class SendJson : JsonSerializerContext;

using FieldNet.History.Events;

namespace FieldNet.Edge.History;

/// <summary>Follows the event file into the history.</summary>
/// <remarks>
/// The file may be written anew at a start of the agent; an event has its number for ever, so what is kept is passed over.
/// Threading: one caller. Memory: <see cref="WindowBytes"/>, or one line if it is longer.
/// </remarks>
internal sealed class EventTail(string path, EventStore store)
{
    private const int WindowBytes = 256 * 1024;

    private byte[] _window = new byte[WindowBytes];
    private long _position;

    /// <summary>Keeps what has been added since the last call.</summary>
    public void Follow()
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length < _position)
        {
            _position = 0;
        }

        while (file.Length > _position)
        {
            file.Position = _position;
            var read = file.ReadAtLeast(_window, _window.Length, throwOnEndOfStream: false);
            var whole = _window.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            if (whole > 0)
            {
                store.Add(Lines(_window.AsMemory(0, whole)));
                _position += whole;
            }
            else if (read == _window.Length)
            {
                Array.Resize(ref _window, 2 * _window.Length);
            }
            else
            {
                // The last line is still being written.
                return;
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            var length = text.Span.IndexOf((byte)'\n') + 1;
            yield return text[..length];
            text = text[length..];
        }
    }
}

using System.Buffers;

namespace FieldNet.Mqtt.Transport;

/// <summary>Bytes that a connection keeps between two visits of its loop; holds memory only while there are any.</summary>
/// <remarks>Threading: the loop's thread. Lifetime: <see cref="Clear"/> gives the array back; what was handed out of it ends there.</remarks>
internal struct HeldBytes
{
    private byte[]? _bytes;
    private int _start;

    public int Length { get; private set; }

    /// <summary>Size of the array, for the loop's budget.</summary>
    public readonly int ReservedBytes => _bytes?.Length ?? 0;

    public readonly ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, Length);

    public readonly ReadOnlySequence<byte> Sequence => _bytes is null ? default : new(_bytes, _start, Length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            bytes.CopyTo(Room(bytes.Length));
            Length += bytes.Length;
        }
    }

    /// <summary>Free room behind what is held.</summary>
    public Span<byte> Room(int atLeast)
    {
        if (ReservedBytes - _start - Length < atLeast)
        {
            Move(Length + atLeast);
        }

        return _bytes.AsSpan(_start + Length);
    }

    /// <summary>That much of <see cref="Room"/> was filled.</summary>
    public void Grew(int bytes) => Length += bytes;

    /// <summary>The first bytes are no longer wanted.</summary>
    public void Drop(int bytes)
    {
        (_start, Length) = (_start + bytes, Length - bytes);
        if (Length == 0)
        {
            Clear();
        }
    }

    public void Clear()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        this = default;
    }

    /// <summary>To the front, of a larger array if need be.</summary>
    private void Move(int bytes)
    {
        if (ReservedBytes >= bytes)
        {
            Span.CopyTo(_bytes);
        }
        else
        {
            // The pool doubles by itself: its arrays come in powers of two.
            var larger = ArrayPool<byte>.Shared.Rent(bytes);
            Span.CopyTo(larger);
            if (_bytes is not null)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        _start = 0;
    }
}

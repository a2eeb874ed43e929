using System.Runtime.InteropServices;

namespace FieldNet.Capture.Sequencing;

/// <summary>What a ring held at one moment, read in order.</summary>
/// <remarks>Threading: the ring's reader. The spans stay as they are until <see cref="IngressRing.Release"/>.</remarks>
internal struct RingView(byte[] buffer, int capacity, int head, int tail, bool wrapped)
{
    private bool _wrapped = wrapped;

    public readonly byte[] Buffer => buffer;

    public int Position { get; private set; } = head;

    /// <summary>Reading has gone on at the buffer's beginning.</summary>
    public bool PassedEnd { get; private set; }

    public int BytesRead { get; private set; }

    /// <summary>The next record, without taking it.</summary>
    public bool TryPeek(out ReadOnlySpan<byte> record)
    {
        if (_wrapped && IsEndMark())
        {
            (Position, PassedEnd, _wrapped) = (0, true, false);
        }

        if (!_wrapped && Position == tail)
        {
            record = default;
            return false;
        }

        record = buffer.AsSpan(Position, LengthAtPosition());
        return true;
    }

    /// <summary>Takes the record last peeked.</summary>
    public void Advance()
    {
        var length = LengthAtPosition();
        Position += length;
        BytesRead += length;
    }

    private readonly bool IsEndMark() => capacity - Position < sizeof(int) || LengthAtPosition() == 0;

    private readonly int LengthAtPosition() => MemoryMarshal.Read<int>(buffer.AsSpan(Position));
}

namespace FieldNet.History.Trends.Blocks;

/// <summary>Writes numbers bit by bit, the least significant bit first.</summary>
internal sealed class BitWriter
{
    private byte[] _bytes = new byte[4096];
    private int _count;
    private ulong _pending;
    private int _pendingBits;

    /// <summary>Bytes so far; only whole ones, so after <see cref="Align"/>.</summary>
    public int Count => _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public void Clear() => (_count, _pending, _pendingBits) = (0, 0, 0);

    /// <param name="bits">How many of the value's low bits, 0 to 64.</param>
    public void Write(ulong value, int bits)
    {
        if (bits > 32)
        {
            Write(value, 32);
            (value, bits) = (value >> 32, bits - 32);
        }

        _pending |= (value & ((1UL << bits) - 1)) << _pendingBits;
        for (_pendingBits += bits; _pendingBits >= 8; _pendingBits -= 8)
        {
            Push((byte)_pending);
            _pending >>= 8;
        }
    }

    /// <summary>Seven bits a byte, the eighth says that more follow.</summary>
    public void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Write(value | 0x80, 8);
        }

        Write(value, 8);
    }

    public void WriteZigzag(long value) => WriteVarint(Zigzag.Encode(value));

    /// <summary>Goes on at the next whole byte.</summary>
    public void Align() => Write(0, (8 - _pendingBits) & 7);

    /// <summary>After <see cref="Align"/>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            Push(b);
        }
    }

    private void Push(byte b)
    {
        if (_count == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _count);
        }

        _bytes[_count++] = b;
    }
}

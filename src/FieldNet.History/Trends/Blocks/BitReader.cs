using System.Numerics;

namespace FieldNet.History.Trends.Blocks;

/// <summary>Reads what <see cref="BitWriter"/> wrote.</summary>
/// <remarks>Errors: <see cref="InvalidDataException"/> past the end.</remarks>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _next;
    private ulong _pending;
    private int _pendingBits;

    /// <param name="bits">0 to 64.</param>
    public ulong Read(int bits)
    {
        if (bits > 32)
        {
            var low = Read(32);
            return low | (Read(bits - 32) << 32);
        }

        Fill(bits);
        var value = _pending & ((1UL << bits) - 1);
        _pending >>= bits;
        _pendingBits -= bits;
        return value;
    }

    /// <summary>How many ones come before the next zero, which is read as well; at most <paramref name="most"/>, and then no zero is.</summary>
    public int ReadOnes(int most)
    {
        var ones = 0;
        while (ones < most)
        {
            Fill(1);
            var run = Math.Min(Math.Min(BitOperations.TrailingZeroCount(~_pending), _pendingBits), most - ones);
            ones += run;
            _pending >>= run;
            _pendingBits -= run;
            if (_pendingBits > 0 && ones < most)
            {
                _pending >>= 1;
                _pendingBits--;
                break;
            }
        }

        return ones;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var b = Read(8);
            value |= (b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number does not end.");
    }

    public long ReadZigzag() => Zigzag.Decode(ReadVarint());

    /// <summary>A count of things that each take room in <paramref name="most"/> or fewer places: checked before memory is reserved.</summary>
    public int ReadCount(int most) =>
        ReadVarint() is var count && count <= (ulong)most ? (int)count : throw new InvalidDataException($"{count} is more than there can be.");

    /// <summary>Goes on at the next whole byte.</summary>
    public void Align() => Read(_pendingBits & 7);

    /// <summary>After <see cref="Align"/>.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        var at = _next - (_pendingBits / 8);
        if (count > _bytes.Length - at)
        {
            throw new InvalidDataException("The block ends too early.");
        }

        (_next, _pending, _pendingBits) = (at + count, 0, 0);
        return _bytes.Slice(at, count);
    }

    private void Fill(int bits)
    {
        if (_pendingBits >= bits)
        {
            return;
        }

        while (_pendingBits <= 56 && _next < _bytes.Length)
        {
            _pending |= (ulong)_bytes[_next++] << _pendingBits;
            _pendingBits += 8;
        }

        if (_pendingBits < bits)
        {
            throw new InvalidDataException("The block ends too early.");
        }
    }
}

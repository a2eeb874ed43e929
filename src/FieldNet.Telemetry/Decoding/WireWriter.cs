using System.Buffers.Binary;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Writes protobuf fields into a buffer that it keeps.</summary>
/// <remarks>Lifetime: <see cref="Written"/> is valid until the next write. Threading: one thread.</remarks>
internal sealed class WireWriter
{
    // An embedded length is written before it is known, as a varint padded to four bytes (28 bits).
    private const int PaddedLength = 4;

    private byte[] _buffer = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public bool Varint(int field, ulong value)
    {
        Tag(field, wireType: 0);
        Varint(value);
        return true;
    }

    public bool Double(int field, double value)
    {
        Tag(field, wireType: 1);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        Advance(sizeof(double));
        return true;
    }

    public bool Bytes(int field, ReadOnlySpan<byte> value)
    {
        var start = Begin(field);
        value.CopyTo(Room(value.Length));
        Advance(value.Length);
        End(start);
        return true;
    }

    /// <summary>Begins a field of bytes whose length is not known yet.</summary>
    /// <returns>What <see cref="End"/> wants.</returns>
    public int Begin(int field)
    {
        Tag(field, wireType: 2);
        Room(PaddedLength);
        Advance(PaddedLength);
        return _length;
    }

    public void End(int start)
    {
        var rest = _length - start;
        for (var i = start - PaddedLength; i < start; i++, rest >>= 7)
        {
            _buffer[i] = (byte)(rest & 0x7F | (i < start - 1 ? 0x80 : 0));
        }
    }

    /// <summary>Free bytes behind what is written, to be taken with <see cref="Advance"/>.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }

        return _buffer.AsSpan(_length);
    }

    public void Advance(int bytes) => _length += bytes;

    private void Tag(int field, uint wireType) => Varint(((ulong)field << 3) | wireType);

    private void Varint(ulong value)
    {
        var room = Room(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[count++] = (byte)(value | 0x80);
        }

        room[count++] = (byte)value;
        Advance(count);
    }
}

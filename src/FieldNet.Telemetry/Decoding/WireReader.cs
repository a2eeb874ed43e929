using System.Buffers.Binary;
using System.Numerics;
using System.Text.Unicode;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Forward-only cursor over the fields of one protobuf message.</summary>
/// <remarks>
/// Shape: after <see cref="Next"/> one Try method takes the value; a value not taken, or of another wire type than asked for, is skipped as an unknown field.
/// Lifetime: spans alias the input. Errors: never throws; <see cref="Refusal"/> is set and the cursor is at its end.
/// Source: protobuf encoding specification; groups, field number 0, and varints over 64 bits are refused.
/// </remarks>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    /// <summary>Longest text of a known field, bytes.</summary>
    public const int MaxTextLength = 512;

    private const ulong ContinueBits = 0x8080_8080_8080_8080;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;
    private WireType _type;
    private bool _valueIsNext;

    private enum WireType : byte
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    public int Field { get; private set; }

    public Refusal Refusal { get; private set; }

    /// <summary>Moves to the next field; false at the end or after a refusal.</summary>
    public bool Next()
    {
        if (_valueIsNext)
        {
            Skip();
        }

        if (_at == _message.Length || !ReadVarint(out var tag))
        {
            return false;
        }

        Field = (int)(tag >> 3);
        _type = (WireType)(tag & 7);
        _valueIsNext = true;
        if (tag > uint.MaxValue || Field == 0 || _type is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
        {
            Refuse(Refusal.PayloadMalformedProtobuf);
        }

        return Refusal == Refusal.None;
    }

    public bool TryVarint(out ulong value)
    {
        value = 0;
        return Take(WireType.Varint) && ReadVarint(out value);
    }

    public bool TryDouble(out double value)
    {
        value = 0;
        if (!Take(WireType.Fixed64) || !ReadBytes(sizeof(double), out var bytes))
        {
            return false;
        }

        value = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        return true;
    }

    /// <summary>Bytes, or an embedded message.</summary>
    public bool TryBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        return Take(WireType.Bytes) && ReadVarint(out var length) && ReadBytes(length, out value);
    }

    /// <summary>A string: valid UTF-8, not longer than <see cref="MaxTextLength"/>.</summary>
    public bool TryText(out ReadOnlySpan<byte> utf8)
    {
        if (!TryBytes(out utf8))
        {
            return false;
        }

        Refuse(utf8.Length > MaxTextLength ? Refusal.TextTooLong : Utf8.IsValid(utf8) ? Refusal.None : Refusal.PayloadMalformedProtobuf);
        return Refusal == Refusal.None;
    }

    /// <summary>A string of which only the first <see cref="MaxTextLength"/> bytes are kept: an alarm is not refused for a long sentence (P3).</summary>
    public bool TryTruncatedText(out ReadOnlySpan<byte> utf8)
    {
        if (!TryBytes(out utf8))
        {
            return false;
        }

        Refuse(Utf8.IsValid(utf8) ? Refusal.None : Refusal.PayloadMalformedProtobuf);
        var end = Math.Min(utf8.Length, MaxTextLength);
        while (end < utf8.Length && (utf8[end] & 0xC0) == 0x80)
        {
            end--; // not in the middle of a character
        }

        utf8 = utf8[..end];
        return Refusal == Refusal.None;
    }

    /// <summary>Ends the reading for a reason that the caller found; <see cref="Refusal.None"/> is none.</summary>
    public void Refuse(Refusal reason)
    {
        if (reason != Refusal.None)
        {
            Refusal = reason;
            _at = _message.Length;
            _valueIsNext = false;
        }
    }

    private bool Take(WireType asked)
    {
        var isThere = _valueIsNext && _type == asked;
        _valueIsNext &= !isThere;
        return isThere;
    }

    private void Skip()
    {
        _ = _type switch
        {
            WireType.Varint => TryVarint(out _),
            WireType.Bytes => TryBytes(out _),
            WireType.Fixed64 => TryDouble(out _),
            _ => Take(WireType.Fixed32) && ReadBytes(sizeof(uint), out _),
        };
    }

    private bool ReadBytes(ulong count, out ReadOnlySpan<byte> bytes)
    {
        if (count > (ulong)(_message.Length - _at))
        {
            bytes = default;
            Refuse(Refusal.PayloadMalformedProtobuf);
            return false;
        }

        bytes = _message.Slice(_at, (int)count);
        _at += (int)count;
        return true;
    }

    private bool ReadVarint(out ulong value)
    {
        if (_message.Length - _at >= sizeof(ulong))
        {
            var bytes = BinaryPrimitives.ReadUInt64LittleEndian(_message[_at..]);
            var ends = ~bytes & ContinueBits;
            if (ends != 0)
            {
                // From the lowest byte that does not continue on, all is of the next field.
                var length = (BitOperations.TrailingZeroCount(ends) + 1) / 8;
                _at += length;
                value = Pack(bytes & (ulong.MaxValue >> (64 - (8 * length))));
                return true;
            }
        }

        return ReadLongVarint(out value);
    }

    /// <summary>One of nine or ten bytes, or one that begins in the message's last seven.</summary>
    private bool ReadLongVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; _at < _message.Length; shift += 7)
        {
            var b = _message[_at++];
            if (shift == 63 && b > 1)
            {
                break;
            }

            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return true;
            }
        }

        Refuse(Refusal.PayloadMalformedProtobuf);
        return false;
    }

    /// <summary>Moves the seven bits of each byte together: pairs, then pairs of pairs, then the two halves.</summary>
    private static ulong Pack(ulong bytes)
    {
        bytes = (bytes & 0x007F_007F_007F_007F) | ((bytes & 0x7F00_7F00_7F00_7F00) >> 1);
        bytes = (bytes & 0x0000_3FFF_0000_3FFF) | ((bytes & 0x3FFF_0000_3FFF_0000) >> 2);
        return (bytes & 0x0000_0000_0FFF_FFFF) | ((bytes & 0x0FFF_FFFF_0000_0000) >> 4);
    }
}

using Google.Protobuf;

namespace FieldNet.Bedside.Scenarios;

/// <summary>A message whose content stays the same and whose stamp is written behind it each time: no garbage, and no patient needed.</summary>
/// <remarks>Lifetime: a payload is valid until the next. Source: protobuf takes fields in any order.</remarks>
internal sealed class StampedPayload
{
    private const int LongestStamp = 64;
    private const byte StampTag = 0x0A, EpochTag = 0x08, SeqTag = 0x10, DeviceTimeTag = 0x18, SentTimeTag = 0x20, HistoricalTag = 0x28;

    /// <summary>Mode DEMO, clock NTP.</summary>
    private static readonly byte[] End = [0x30, 3, 0x38, 2];

    private readonly byte[] _buffer;
    private readonly int _body;

    public StampedPayload(IMessage body)
    {
        _body = body.CalculateSize();
        _buffer = new byte[_body + LongestStamp];
        body.WriteTo(_buffer.AsSpan(0, _body));
    }

    public ReadOnlySpan<byte> Write(in VirtualStamp stamp)
    {
        int at = _body + 2;
        Put(ref at, EpochTag, stamp.Epoch);
        Put(ref at, SeqTag, stamp.Seq);
        Put(ref at, DeviceTimeTag, (ulong)stamp.DeviceTimeUs);
        Put(ref at, SentTimeTag, (ulong)stamp.SentTimeUs);
        if (stamp.Historical)
        {
            Put(ref at, HistoricalTag, 1);
        }
        End.CopyTo(_buffer, at);
        at += End.Length;
        (_buffer[_body], _buffer[_body + 1]) = (StampTag, (byte)(at - _body - 2));
        return _buffer.AsSpan(0, at);
    }

    private void Put(ref int at, byte tag, ulong value)
    {
        _buffer[at++] = tag;
        for (; value >= 0x80; value >>= 7)
        {
            _buffer[at++] = (byte)(value | 0x80);
        }
        _buffer[at++] = (byte)value;
    }
}

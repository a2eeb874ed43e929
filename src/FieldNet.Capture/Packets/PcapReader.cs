namespace FieldNet.Capture.Packets;

/// <summary>Reads a pcap file.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcap; both byte orders, times in microseconds or nanoseconds.</remarks>
internal sealed class PcapReader : ICaptureReader
{
    public const uint Microseconds = 0xA1B2C3D4;
    public const uint Nanoseconds = 0xA1B23C4D;
    public const uint SwappedMicroseconds = 0xD4C3B2A1;
    public const uint SwappedNanoseconds = 0x4D3CB2A1;

    private const int HeaderBytesBehindMagic = 20;
    private const int RecordHeaderBytes = 16;

    /// <summary>tcpdump's largest snap length; a header that asks for more than this and its own is none.</summary>
    private const uint UsualSnapBytes = 262_144;

    /// <summary>A frame found behind damage was captured within a day of the last one.</summary>
    private const long DaySeconds = 86_400;

    private readonly CaptureSource _source;
    private readonly uint _unitsPerMicrosecond;
    private readonly LinkType _link;
    private readonly uint _maxFrameBytes;
    private readonly bool _hasHeader;
    private long _lastSeconds;

    public PcapReader(CaptureSource source, bool isBigEndian, uint unitsPerMicrosecond)
    {
        _source = source;
        _source.IsBigEndian = isBigEndian;
        _unitsPerMicrosecond = unitsPerMicrosecond;
        _hasHeader = source.TryTake(HeaderBytesBehindMagic, out var header);
        if (_hasHeader)
        {
            _maxFrameBytes = Math.Clamp(source.UInt32(header[12..]), UsualSnapBytes, CaptureSource.MaxBlockBytes);

            // The upper half of the word holds other things (the length of a frame check sequence).
            _link = (LinkType)(source.UInt32(header[16..]) & 0xFFFF);
        }
    }

    public string Format => "pcap";

    public bool IsCut => _source.IsCut;

    public long Damaged => _source.Damaged;

    public double Done => _source.Done;

    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        while (_hasHeader)
        {
            var at = _source.Position;
            if (!_source.TryFill(header))
            {
                return false;
            }

            var length = _source.UInt32(header[8..]);
            if (length > _maxFrameBytes)
            {
                if (!_source.TryPassDamage(at + 1, step: 1, BeginsFrame))
                {
                    return false;
                }

                continue;
            }

            if (!_source.TryTake((int)length, out var bytes))
            {
                return false;
            }

            _lastSeconds = _source.UInt32(header);
            frame = new CapturedFrame
            {
                TimeUs = (_lastSeconds * 1_000_000) + (_source.UInt32(header[4..]) / _unitsPerMicrosecond),
                Link = _link,
                Bytes = bytes,
            };
            return true;
        }

        return false;
    }

    public void Dispose() => _source.Dispose();

    /// <summary>A header near in time, and behind its frame another one, or the end of the file.</summary>
    private bool BeginsFrame(ReadOnlySpan<byte> rest, bool atEnd)
    {
        if (!IsHeader(rest))
        {
            return false;
        }

        var next = RecordHeaderBytes + (int)_source.UInt32(rest[8..]);
        return next > rest.Length ? !atEnd : next == rest.Length || IsHeader(rest[next..]);
    }

    private bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= RecordHeaderBytes
        && Math.Abs(_source.UInt32(bytes) - _lastSeconds) <= (_lastSeconds == 0 ? uint.MaxValue : DaySeconds)
        && _source.UInt32(bytes[4..]) < 1_000_000 * _unitsPerMicrosecond
        && _source.UInt32(bytes[8..]) is var kept && kept > 0 && kept <= _maxFrameBytes
        && _source.UInt32(bytes[12..]) is var sent && sent >= kept && sent <= CaptureSource.MaxBlockBytes;
}

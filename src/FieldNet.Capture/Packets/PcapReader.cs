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

    private readonly CaptureSource _source;
    private readonly uint _unitsPerMicrosecond;
    private readonly LinkType _link;

    public PcapReader(CaptureSource source, bool isBigEndian, uint unitsPerMicrosecond)
    {
        _source = source;
        _source.IsBigEndian = isBigEndian;
        _unitsPerMicrosecond = unitsPerMicrosecond;
        Span<byte> header = stackalloc byte[HeaderBytesBehindMagic];
        if (!source.TryFill(header))
        {
            throw source.Fault("it ends in its own header.");
        }

        // The upper half of the word holds other things (the length of a frame check sequence).
        _link = (LinkType)(source.UInt32(header[16..]) & 0xFFFF);
    }

    public string Format => "pcap";

    public bool IsCut => _source.IsCut;

    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        if (!_source.TryFill(header) || !_source.TryTake(_source.UInt32(header[8..]), out var bytes))
        {
            return false;
        }

        frame = new CapturedFrame
        {
            TimeUs = (_source.UInt32(header) * 1_000_000L) + (_source.UInt32(header[4..]) / _unitsPerMicrosecond),
            Link = _link,
            Bytes = bytes,
        };
        return true;
    }

    public void Dispose() => _source.Dispose();
}

using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>Reads a pcapng file: any number of sections and interfaces; blocks that hold no frame are passed over.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng.</remarks>
internal sealed class PcapNgReader : ICaptureReader
{
    /// <summary>The same in either byte order.</summary>
    public const uint SectionHeader = 0x0A0D0D0A;

    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const int OuterBytes = 12;
    private const int MaxInterfaces = 4096;

    private readonly CaptureSource _source;
    private readonly List<CaptureInterface> _interfaces = [];
    private long _lastTimeUs;
    private bool _isBegun;

    /// <param name="source">Its first word, the section header's, has been read.</param>
    public PcapNgReader(CaptureSource source) => _source = source;

    public string Format => "pcapng";

    public bool IsCut => _source.IsCut;

    public long Damaged => _source.Damaged;

    public double Done => _source.Done;

    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        Span<byte> head = stackalloc byte[sizeof(uint)];
        while (true)
        {
            // The file's first word is how it was recognised.
            var at = _isBegun ? _source.Position : 0;
            if (_isBegun && !_source.TryFill(head))
            {
                return false;
            }

            // A new section may have another byte order, and its first word is the same in both.
            var type = _isBegun ? _source.UInt32(head) : SectionHeader;
            _isBegun = true;
            var outcome = type == SectionHeader ? ReadSection() : ReadBlock(type, out frame);
            if (outcome == Outcome.Frame)
            {
                return true;
            }

            if (outcome == Outcome.End || (outcome == Outcome.Damaged && !_source.TryPassDamage(at + sizeof(uint), sizeof(uint), BeginsBlock)))
            {
                return false;
            }
        }
    }

    public void Dispose() => _source.Dispose();

    private Outcome ReadSection()
    {
        Span<byte> head = stackalloc byte[2 * sizeof(uint)];
        if (!_source.TryFill(head))
        {
            return Outcome.End;
        }

        var wasBigEndian = _source.IsBigEndian;
        _source.IsBigEndian = BinaryPrimitives.ReadUInt32BigEndian(head[4..]) == ByteOrderMagic;
        var total = _source.UInt32(head);
        if (_source.UInt32(head[4..]) != ByteOrderMagic || !IsLength(total))
        {
            _source.IsBigEndian = wasBigEndian;
            return Outcome.Damaged;
        }

        _interfaces.Clear();
        // The byte order is read, the second length is not: as many bytes.
        return _source.TryTake((int)total - OuterBytes, out _) ? Outcome.Passed : Outcome.End;
    }

    /// <summary>Reads the rest of a block whose type has been read.</summary>
    private Outcome ReadBlock(uint type, out CapturedFrame frame)
    {
        frame = default;
        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (!_source.TryFill(length))
        {
            return Outcome.End;
        }

        var total = _source.UInt32(length);
        if (!IsLength(total))
        {
            return Outcome.Damaged;
        }

        if (!_source.TryTake((int)total - (2 * sizeof(uint)), out var block))
        {
            return Outcome.End;
        }

        if (_source.UInt32(block[^sizeof(uint)..]) != total)
        {
            return Outcome.Damaged;
        }

        block = block[..^sizeof(uint)];
        if (type == InterfaceDescription)
        {
            AddInterface(block);
            return Outcome.Passed;
        }

        return TryReadFrame(type, block, out frame) ? Outcome.Frame : Outcome.Passed;
    }

    private static bool IsLength(uint total) => total >= OuterBytes && total % sizeof(uint) == 0 && total <= CaptureSource.MaxBlockBytes;

    /// <summary>A block of a known type whose two lengths agree.</summary>
    private bool BeginsBlock(ReadOnlySpan<byte> rest, bool atEnd)
    {
        if (rest.Length < OuterBytes)
        {
            return false;
        }

        var total = _source.UInt32(rest[sizeof(uint)..]);
        return _source.UInt32(rest) is SectionHeader or (>= InterfaceDescription and <= EnhancedPacket)
            && IsLength(total)
            && (total <= rest.Length ? _source.UInt32(rest[((int)total - sizeof(uint))..]) == total : !atEnd);
    }

    private void AddInterface(ReadOnlySpan<byte> block)
    {
        if (block.Length < 8 || _interfaces.Count == MaxInterfaces)
        {
            _source.CountDamage();
            return;
        }

        _interfaces.Add(CaptureInterface.Read(_source, block));
    }

    private bool TryReadFrame(uint type, ReadOnlySpan<byte> block, out CapturedFrame frame)
    {
        frame = default;
        var header = type switch { EnhancedPacket or ObsoletePacket => 20, SimplePacket => 4, _ => int.MaxValue };
        if (block.Length < header)
        {
            return false;
        }

        var at = type switch { EnhancedPacket => _source.UInt32(block), ObsoletePacket => _source.UInt16(block), _ => 0u };
        if (at >= _interfaces.Count)
        {
            _source.CountDamage();
            return false;
        }

        var from = _interfaces[(int)at];
        var bytes = block[header..];
        if (type != SimplePacket)
        {
            var stamp = ((ulong)_source.UInt32(block[4..]) << 32) | _source.UInt32(block[8..]);
            _lastTimeUs = from.ToMicroseconds(stamp);
            bytes = bytes[..(int)Math.Min(_source.UInt32(block[12..]), (uint)bytes.Length)];
        }
        else
        {
            // A simple packet has no time of its own, and its length on the wire counts what was cut off.
            bytes = bytes[..(int)Math.Min(Math.Min(_source.UInt32(block), from.SnapBytes), (uint)bytes.Length)];
        }

        frame = new CapturedFrame { TimeUs = _lastTimeUs, Link = from.Link, Bytes = bytes };
        return true;
    }

    private enum Outcome : byte
    {
        /// <summary>No frame in it; on to the next block.</summary>
        Passed,
        Frame,
        Damaged,
        End,
    }
}

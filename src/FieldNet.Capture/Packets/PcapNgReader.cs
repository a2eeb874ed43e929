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

    public PcapNgReader(CaptureSource source)
    {
        _source = source;
        if (!TryReadSection())
        {
            throw source.Fault("it ends in its own header.");
        }
    }

    public string Format => "pcapng";

    public bool IsCut => _source.IsCut;

    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        Span<byte> head = stackalloc byte[sizeof(uint)];
        while (_source.TryFill(head))
        {
            // A new section may have another byte order, and its first word is the same in both.
            var type = _source.UInt32(head);
            if (type == SectionHeader)
            {
                if (!TryReadSection())
                {
                    return false;
                }

                continue;
            }

            if (!TryReadBlock(out var block))
            {
                return false;
            }

            if (type == InterfaceDescription)
            {
                AddInterface(block);
            }
            else if (TryReadFrame(type, block, out frame))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _source.Dispose();

    private bool TryReadSection()
    {
        Span<byte> head = stackalloc byte[2 * sizeof(uint)];
        if (!_source.TryFill(head))
        {
            return false;
        }

        _source.IsBigEndian = BinaryPrimitives.ReadUInt32BigEndian(head[4..]) == ByteOrderMagic;
        if (_source.UInt32(head[4..]) != ByteOrderMagic)
        {
            throw _source.Fault("a section has no byte order; the file is damaged.");
        }

        _interfaces.Clear();
        // The byte order is read, the second length is not: as many bytes.
        return _source.TryTake(Inner(_source.UInt32(head)), out _);
    }

    /// <summary>Reads the rest of a block whose type has been read: what lies between its two lengths.</summary>
    private bool TryReadBlock(out ReadOnlySpan<byte> block)
    {
        block = default;
        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (!_source.TryFill(length))
        {
            return false;
        }

        var inner = Inner(_source.UInt32(length));
        if (!_source.TryTake(inner + sizeof(uint), out block))
        {
            return false;
        }

        block = block[..(int)inner];
        return true;
    }

    private long Inner(uint total) => total >= OuterBytes && total % sizeof(uint) == 0
        ? total - OuterBytes
        : throw _source.Fault($"a block says it has {total} bytes; the file is damaged.");

    private void AddInterface(ReadOnlySpan<byte> block)
    {
        if (block.Length < 8 || _interfaces.Count == MaxInterfaces)
        {
            throw _source.Fault("an interface is described in too few bytes, or there are too many; the file is damaged.");
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
            throw _source.Fault("a frame names an interface that was not described; the file is damaged.");
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
}

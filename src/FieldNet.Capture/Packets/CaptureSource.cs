using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>The bytes of a capture file, in the byte order that it declares.</summary>
/// <remarks>Shape: one buffer, as large as the largest block so far. Errors: never throws for what a file holds; a length over the limit is the reader's to ask about first.</remarks>
internal sealed class CaptureSource(Stream stream, string name) : IDisposable
{
    /// <summary>Far above every snap length in use (tcpdump's largest is 256 KiB).</summary>
    public const int MaxBlockBytes = 16 * 1024 * 1024;

    /// <summary>How far behind damage the next frame is looked for.</summary>
    private const int MaxSearchBytes = 1024 * 1024;

    private byte[] _block = new byte[2048];

    /// <summary>Tells whether a block begins at the start of what is left of the file; <c>atEnd</c>: nothing lies behind these bytes.</summary>
    public delegate bool BlockTest(ReadOnlySpan<byte> rest, bool atEnd);

    public bool IsBigEndian { get; set; }

    /// <summary>The file ended inside of what was asked for.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Places that break the format and were passed over.</summary>
    public long Damaged { get; private set; }

    public double Done => stream.CanSeek && stream.Length > 0 ? (double)stream.Position / stream.Length : 0;

    public long Position => stream.CanSeek ? stream.Position : 0;

    public PacketCaptureException Fault(string reason) => new(name, reason);

    /// <returns>False when the file ends before; <see cref="IsCut"/> tells whether in the middle.</returns>
    public bool TryFill(Span<byte> target)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        IsCut |= read > 0 && read < target.Length;
        return read == target.Length;
    }

    /// <summary>Reads what belongs to a header that has been read: the end of the file here is always a cut.</summary>
    /// <param name="bytes">At most <see cref="MaxBlockBytes"/>.</param>
    public bool TryTake(int bytes, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (_block.Length < bytes)
        {
            _block = new byte[Math.Max(bytes, _block.Length * 2)];
        }

        var target = _block.AsSpan(0, bytes);
        if (!TryFill(target))
        {
            IsCut = true;
            return false;
        }

        block = target;
        return true;
    }

    public void CountDamage() => Damaged++;

    /// <summary>Something is damaged: goes to the next place at which a block seems to begin.</summary>
    /// <param name="from">Where to begin looking.</param>
    /// <param name="step">Blocks begin at multiples of this from there.</param>
    /// <returns>False when there is none near, or the file can't be read but from its beginning.</returns>
    public bool TryPassDamage(long from, int step, BlockTest begins)
    {
        Damaged++;
        if (!stream.CanSeek)
        {
            return false;
        }

        stream.Position = from;
        var window = new byte[(int)Math.Min(MaxSearchBytes, stream.Length - from)];
        stream.ReadExactly(window);
        var atEnd = stream.Position == stream.Length;
        for (var at = 0; at < window.Length; at += step)
        {
            if (begins(window.AsSpan(at), atEnd))
            {
                stream.Position = from + at;
                return true;
            }
        }

        return false;
    }

    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public void Dispose() => stream.Dispose();
}

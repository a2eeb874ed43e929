using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>The bytes of a capture file, in the byte order that it declares.</summary>
/// <remarks>Shape: one buffer, as large as the largest block so far. Errors: a length over the limit throws before anything is reserved.</remarks>
internal sealed class CaptureSource(Stream stream, string name) : IDisposable
{
    /// <summary>Far above every snap length in use (tcpdump's largest is 256 KiB).</summary>
    private const int MaxBlockBytes = 16 * 1024 * 1024;

    private byte[] _block = new byte[2048];

    public bool IsBigEndian { get; set; }

    /// <summary>The file ended inside of what was asked for.</summary>
    public bool IsCut { get; private set; }

    public PacketCaptureException Fault(string reason) => new(name, reason);

    /// <returns>False when the file ends before; <see cref="IsCut"/> tells whether in the middle.</returns>
    public bool TryFill(Span<byte> target)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        IsCut |= read > 0 && read < target.Length;
        return read == target.Length;
    }

    /// <summary>Reads what belongs to a header that has been read: the end of the file here is always a cut.</summary>
    public bool TryTake(long bytes, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (bytes is < 0 or > MaxBlockBytes)
        {
            throw Fault($"a block of {bytes} bytes is beyond reason; the file is damaged.");
        }

        if (_block.Length < bytes)
        {
            _block = new byte[Math.Max(bytes, _block.Length * 2)];
        }

        var target = _block.AsSpan(0, (int)bytes);
        if (!TryFill(target))
        {
            IsCut = true;
            return false;
        }

        block = target;
        return true;
    }

    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public void Dispose() => stream.Dispose();
}

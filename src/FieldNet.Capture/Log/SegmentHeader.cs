using System.Buffers.Binary;
using System.Text;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>The head of a segment file.</summary>
/// <remarks>
/// Shape: one 512-byte block, at offsets 0 and 512, so that damage to one costs nothing; records begin at <see cref="Bytes"/>.
/// Every checksum in the segment starts from <see cref="Salt"/>: a payload can't contain a frame that a scan would take for a record,
/// and blocks that a file system left over from another file never fit.
/// </remarks>
/// <param name="Start">Ordinal of the agent start that made it.</param>
/// <param name="FirstNumber">Of the first record meant for it. Records numbered from here on in earlier segments of the lane are superseded.</param>
/// <param name="FirstLogTimeUs">Log time of that record.</param>
internal sealed record SegmentHeader(
    LogLane Lane, string Site, int Start, uint Salt, long FirstNumber, long FirstLogTimeUs)
{
    public const int Bytes = 2 * BlockBytes;
    public const int MaxSiteBytes = 64;

    private const int BlockBytes = 512;
    private const int CrcAt = BlockBytes - sizeof(uint);
    private const int SiteAt = 41;
    private const ushort Version = 1;

    private static ReadOnlySpan<byte> Magic => "FNETLOG\n"u8;

    public void Write(Span<byte> into)
    {
        var block = into[..BlockBytes];
        block.Clear();
        Magic.CopyTo(block);
        BinaryPrimitives.WriteUInt16LittleEndian(block[8..], Version);
        block[10] = (byte)Lane;
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], Start);
        BinaryPrimitives.WriteUInt32LittleEndian(block[16..], Salt);
        BinaryPrimitives.WriteInt64LittleEndian(block[24..], FirstNumber);
        BinaryPrimitives.WriteInt64LittleEndian(block[32..], FirstLogTimeUs);
        block[SiteAt - 1] = (byte)Encoding.UTF8.GetBytes(Site, block.Slice(SiteAt, MaxSiteBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(block[CrcAt..], Crc32C.Append(0, block[..CrcAt]));
        block.CopyTo(into[BlockBytes..]);
    }

    /// <returns>Null when neither copy is whole.</returns>
    /// <exception cref="InvalidDataException">Whole, but of a newer version.</exception>
    public static SegmentHeader? Read(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at + BlockBytes <= head.Length; at += BlockBytes)
        {
            var block = head.Slice(at, BlockBytes);
            if (!block.StartsWith(Magic)
                || BinaryPrimitives.ReadUInt32LittleEndian(block[CrcAt..]) != Crc32C.Append(0, block[..CrcAt]))
            {
                continue;
            }

            var version = BinaryPrimitives.ReadUInt16LittleEndian(block[8..]);
            return version == Version
                ? new SegmentHeader(
                    (LogLane)block[10],
                    Encoding.UTF8.GetString(block.Slice(SiteAt, Math.Min((int)block[SiteAt - 1], MaxSiteBytes))),
                    BinaryPrimitives.ReadInt32LittleEndian(block[12..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(block[16..]),
                    BinaryPrimitives.ReadInt64LittleEndian(block[24..]),
                    BinaryPrimitives.ReadInt64LittleEndian(block[32..]))
                : throw new InvalidDataException($"The segment has version {version}; this FieldNet reads version {Version}.");
        }

        return null;
    }
}

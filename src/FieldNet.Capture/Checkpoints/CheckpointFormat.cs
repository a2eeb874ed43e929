using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using FieldNet.Capture.Log;

namespace FieldNet.Capture.Checkpoints;

/// <summary>A checkpoint as bytes: a head of 32, then the parts, deflated (docs/log-format.md).</summary>
internal static class CheckpointFormat
{
    public const int HeadBytes = 32;

    private const ushort Current = 1;

    /// <summary>Far above any ward's state; keeps a damaged length from asking for memory.</summary>
    private const int MaxPartBytes = 512 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "FNETCKP\n"u8;

    /// <returns>Null when it is no head of this version; not checked against the checksum.</returns>
    public static long? LogTimeUs(ReadOnlySpan<byte> head) => IsKnown(head) ? BinaryPrimitives.ReadInt64LittleEndian(head[20..]) : null;

    public static byte[] Write(Checkpoint checkpoint)
    {
        using var file = new MemoryStream();
        file.Write(new byte[HeadBytes]);
        using (var deflate = new DeflateStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var body = new BinaryWriter(deflate, Encoding.UTF8))
        {
            body.Write(checkpoint.Version);
            body.Write(checkpoint.Parts.Count);
            foreach (var (name, part) in checkpoint.Parts.OrderBy(static part => part.Key, StringComparer.Ordinal))
            {
                body.Write(name);
                body.Write(part.Length);
                body.Write(part);
            }
        }

        var bytes = file.ToArray();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Current);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), checkpoint.Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(20), checkpoint.LogTimeUs);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), Sum(bytes));
        return bytes;
    }

    /// <returns>Null for a file that is torn, damaged or of another version.</returns>
    public static Checkpoint? Read(byte[] bytes)
    {
        if (!IsKnown(bytes) || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(28)) != Sum(bytes))
        {
            return null;
        }

        using var deflate = new DeflateStream(new MemoryStream(bytes, HeadBytes, bytes.Length - HeadBytes), CompressionMode.Decompress);
        using var body = new BinaryReader(deflate, Encoding.UTF8);
        var version = body.ReadString();
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var left = body.ReadInt32(); left > 0; left--)
        {
            var name = body.ReadString();
            var length = body.ReadInt32();
            if (length is < 0 or > MaxPartBytes)
            {
                return null;
            }

            parts.Add(name, body.ReadBytes(length));
        }

        return new Checkpoint(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(12)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(20)), version, parts);
    }

    private static bool IsKnown(ReadOnlySpan<byte> head) =>
        head.Length >= HeadBytes && head.StartsWith(Magic) && BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) == Current;

    /// <summary>Over everything but itself.</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes) => Crc32C.Append(Crc32C.Append(0, bytes[..28]), bytes[HeadBytes..]);
}

using System.Runtime.InteropServices;

namespace FieldNet.Capture.Log;

/// <summary>The head of one frame, as it lies on disk (little-endian, which every platform of .NET 10 that we ship to is).</summary>
/// <remarks>
/// Shape: head, body (topic if inline, properties, payload), zeros up to a multiple of <see cref="Alignment"/>.
/// The head's checksum covers the body's, so a body never goes with another head.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct FrameHeader
{
    public const int Bytes = 64;

    /// <summary>Frames begin at multiples of it, so that a scan past damage has few places to look at.</summary>
    public const int Alignment = 8;

    /// <summary>No frame is longer: what an arrival, its topic and its properties can come to, with room to spare.</summary>
    public const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>"FNR1": a record.</summary>
    public const uint Record = 0x3152_4E46;

    /// <summary>"FNT1": a topic; <see cref="Number"/> is the entry, the body its UTF-8 name.</summary>
    public const uint TopicEntry = 0x3154_4E46;

    /// <summary>"FNC1": a client identifier, likewise.</summary>
    public const uint ClientEntry = 0x3143_4E46;

    public uint Type;
    public uint HeaderCrc;
    public uint BodyCrc;
    public int BodyLength;
    public long Number;
    public long LogTimeUs;
    public long ReceiveTimeUs;
    public long Connection;

    /// <summary>The client's entry in this segment's dictionary; 0 for the empty one.</summary>
    public int Client;

    /// <summary>The topic's entry, 0 for none; with <see cref="FrameFlags.InlineTopic"/> the length of the name that begins the body.</summary>
    public int Topic;

    public ushort PacketId;
    public byte Kind;
    public FrameFlags Flags;
    public int PropertiesLength;

    /// <summary>What the frame takes on disk.</summary>
    public readonly int FrameLength => LengthOf(BodyLength);

    public static int LengthOf(int bodyLength) => (Bytes + bodyLength + Alignment - 1) & ~(Alignment - 1);

    /// <summary>Seals the body, writes the head in front of it and clears the padding behind it.</summary>
    /// <param name="frame">The whole frame, its body already in place.</param>
    public void Seal(Span<byte> frame, uint salt)
    {
        frame[(Bytes + BodyLength)..].Clear();
        BodyCrc = Crc32C.Append(salt, frame.Slice(Bytes, BodyLength));
        HeaderCrc = SumHeader(salt);
        MemoryMarshal.Write(frame, in this);
    }

    /// <summary>Reads a head; false unless it is one of this segment's.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, uint salt, out FrameHeader header)
    {
        header = MemoryMarshal.Read<FrameHeader>(bytes);
        return header.Type is Record or TopicEntry or ClientEntry
            && header.HeaderCrc == header.SumHeader(salt)
            && header.BodyLength is >= 0 and <= MaxBodyBytes;
    }

    public readonly bool Fits(ReadOnlySpan<byte> body, uint salt) => BodyCrc == Crc32C.Append(salt, body);

    private readonly uint SumHeader(uint salt)
    {
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<FrameHeader>(in this));
        return Crc32C.Append(Crc32C.Append(salt, bytes[..sizeof(uint)]), bytes[(2 * sizeof(uint))..]);
    }
}

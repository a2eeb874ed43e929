using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>Opens packet captures, whatever their format.</summary>
public static class CaptureFile
{
    /// <exception cref="PacketCaptureException">It is no pcap or pcapng file.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static ICaptureReader Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 64 * 1024, FileOptions.SequentialScan);
        try
        {
            return Open(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <param name="stream">Read from here on; closed with the reader.</param>
    /// <param name="name">For messages.</param>
    public static ICaptureReader Open(Stream stream, string name)
    {
        var source = new CaptureSource(stream, name);
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        if (!source.TryFill(magic))
        {
            throw new PacketCaptureException(name, "it is too short for a packet capture.");
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(magic) switch
        {
            PcapNgReader.SectionHeader => new PcapNgReader(source),
            PcapReader.Microseconds => new PcapReader(source, isBigEndian: false, unitsPerMicrosecond: 1),
            PcapReader.Nanoseconds => new PcapReader(source, isBigEndian: false, unitsPerMicrosecond: 1000),
            PcapReader.SwappedMicroseconds => new PcapReader(source, isBigEndian: true, unitsPerMicrosecond: 1),
            PcapReader.SwappedNanoseconds => new PcapReader(source, isBigEndian: true, unitsPerMicrosecond: 1000),
            _ => throw new PacketCaptureException(name, "it is no pcap or pcapng file."),
        };
    }
}

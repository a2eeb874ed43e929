using System.Buffers.Binary;
using FieldNet.Capture.Packets;

namespace FieldNet.Capture.Tests.Packets;

/// <summary>Frames of one TCP connection between a client and a server, written as a test wants them.</summary>
internal sealed class CaptureScript
{
    private const uint ClientStart = 0xFFFF_FF00;
    private const uint ServerStart = 1000;

    private readonly List<(long TimeUs, byte[] Ip)> _packets = [];
    private uint _client = ClientStart;
    private uint _server = ServerStart;
    private long _timeUs = 1_700_000_000_000_000;

    public ushort ServerPort { get; init; } = 1883;

    public ushort ClientPort { get; init; } = 50_000;

    public bool IsIpv6 { get; init; }

    public int Count => _packets.Count;

    /// <summary>The handshake; the client's numbers are about to wrap.</summary>
    public CaptureScript Open()
    {
        Add(true, _client++, 0, Flags.Syn, []);
        Add(false, _server++, _client, Flags.Syn | Flags.Ack, []);
        Add(true, _client, _server, Flags.Ack, []);
        return this;
    }

    public CaptureScript Client(string hex) => Client(Convert.FromHexString(hex));

    public CaptureScript Client(byte[] bytes)
    {
        Add(true, _client, _server, Flags.Ack, bytes);
        _client += (uint)bytes.Length;
        return this;
    }

    public CaptureScript Server(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Add(false, _server, _client, Flags.Ack, bytes);
        _server += (uint)bytes.Length;
        return this;
    }

    /// <summary>Sent and not captured.</summary>
    public CaptureScript Uncaptured(int clientBytes)
    {
        _client += (uint)clientBytes;
        return this;
    }

    /// <summary>The server has received all that the client sent.</summary>
    public CaptureScript Acknowledge()
    {
        Add(false, _server, _client, Flags.Ack, []);
        return this;
    }

    public CaptureScript Close()
    {
        Add(true, _client++, _server, Flags.Fin | Flags.Ack, []);
        Add(false, _server++, _client, Flags.Fin | Flags.Ack, []);
        Add(true, _client, _server, Flags.Ack, []);
        return this;
    }

    /// <summary>A frame again, as a retransmission, where it stands now.</summary>
    public CaptureScript Repeat(int index)
    {
        _packets.Add((_packets[^1].TimeUs, _packets[index].Ip));
        return this;
    }

    public CaptureScript Swap(int a, int b)
    {
        (_packets[a], _packets[b]) = (_packets[b], _packets[a]);
        return this;
    }

    public CaptureScript Drop(int index)
    {
        _packets.RemoveAt(index);
        return this;
    }

    public CaptureScript With(CaptureScript other)
    {
        _packets.AddRange(other._packets);
        return this;
    }

    /// <summary>Each packet within a GTP-U tunnel, as between base station and core.</summary>
    /// <param name="options">Behind the mandatory header: sequence, N-PDU, and extension headers.</param>
    public CaptureScript ThroughGtp(string options)
    {
        var more = Convert.FromHexString(options);
        for (var i = 0; i < _packets.Count; i++)
        {
            var (timeUs, ip) = _packets[i];
            byte[] gtp = [(byte)(more.Length > 0 ? 0x36 : 0x30), 0xFF, .. U16(more.Length + ip.Length), 0, 0, 0, 7, .. more, .. ip];
            byte[] udp = [.. U16(2152), .. U16(2152), .. U16(8 + gtp.Length), 0, 0, .. gtp];
            _packets[i] = (timeUs, [0x45, 0, .. U16(20 + udp.Length), 0, 0, 0, 0, 64, 17, 0, 0, 172, 16, 0, 1, 172, 16, 0, 2, .. udp]);
        }

        return this;
    }

    /// <summary>Time goes on.</summary>
    public CaptureScript Wait(TimeSpan span)
    {
        _timeUs += (long)span.TotalMicroseconds;
        return this;
    }

    /// <summary>A classic capture file; each IP packet goes behind <paramref name="linkHeader"/>.</summary>
    public byte[] ToPcap(LinkType link = LinkType.Raw, byte[]? linkHeader = null, bool isBigEndian = false, bool isNanoseconds = false, byte[]? padding = null)
    {
        using var file = new MemoryStream();
        U32(file, isNanoseconds ? 0xA1B23C4D : 0xA1B2C3D4, isBigEndian);
        U32(file, isBigEndian ? 0x00020004u : 0x00040002u, isBigEndian);
        U32(file, 0, isBigEndian);
        U32(file, 0, isBigEndian);
        U32(file, 262_144, isBigEndian);
        U32(file, (uint)link, isBigEndian);
        foreach (var (timeUs, ip) in _packets)
        {
            byte[] frame = [.. linkHeader ?? [], .. ip, .. padding ?? []];
            U32(file, (uint)(timeUs / 1_000_000), isBigEndian);
            U32(file, (uint)(timeUs % 1_000_000) * (isNanoseconds ? 1000u : 1u), isBigEndian);
            U32(file, (uint)frame.Length, isBigEndian);
            U32(file, (uint)frame.Length, isBigEndian);
            file.Write(frame);
        }

        return file.ToArray();
    }

    /// <summary>A pcapng file with times in units of 2^-20 s, a comment block, and raw IP.</summary>
    public byte[] ToPcapNg(bool isBigEndian)
    {
        using var file = new MemoryStream();
        Block(file, 0x0A0D0D0A, isBigEndian, [0x1A2B3C4D, isBigEndian ? 0x00010000u : 0x00000001u, uint.MaxValue, uint.MaxValue], []);
        var resolution = isBigEndian ? new byte[] { 0, 9, 0, 1, 0x80 | 20, 0, 0, 0 } : [9, 0, 1, 0, 0x80 | 20, 0, 0, 0];
        Block(file, 1, isBigEndian, [isBigEndian ? 101u << 16 : 101u, 0], resolution);
        Block(file, 4, isBigEndian, [0], []);
        foreach (var (timeUs, ip) in _packets)
        {
            var stamp = (ulong)((UInt128)timeUs * (1 << 20) / 1_000_000);
            Block(file, 6, isBigEndian, [0, (uint)(stamp >> 32), (uint)stamp, (uint)ip.Length, (uint)ip.Length], ip);
        }

        return file.ToArray();
    }

    public PacketCaptureInspection Inspect() => Inspect(ToPcap());

    public static PacketCaptureInspection Inspect(byte[] file)
    {
        using var reader = CaptureFile.Open(new MemoryStream(file), "test");
        return PacketCaptureInspection.Read(reader);
    }

    private static void Block(MemoryStream file, uint type, bool isBigEndian, uint[] head, byte[] tail)
    {
        var total = (uint)(12 + (head.Length * 4) + ((tail.Length + 3) / 4 * 4));
        U32(file, type, isBigEndian);
        U32(file, total, isBigEndian);
        foreach (var word in head)
        {
            U32(file, word, isBigEndian);
        }

        file.Write(tail);
        file.Write(new byte[(4 - (tail.Length % 4)) % 4]);
        U32(file, total, isBigEndian);
    }

    private static void U32(MemoryStream file, uint value, bool isBigEndian)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        file.Write(bytes);
    }

    private void Add(bool fromClient, uint sequence, uint acknowledgement, Flags flags, byte[] payload)
    {
        var tcp = new byte[20 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, fromClient ? ClientPort : ServerPort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp.AsSpan(2), fromClient ? ServerPort : ClientPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp.AsSpan(8), acknowledgement);
        tcp[12] = 5 << 4;
        tcp[13] = (byte)flags;
        payload.CopyTo(tcp, 20);
        byte[] client = IsIpv6 ? [0x20, 1, .. new byte[13], 1] : [10, 0, 0, 1];
        byte[] server = IsIpv6 ? [0x20, 1, .. new byte[13], 2] : [10, 0, 0, 2];
        byte[] addresses = fromClient ? [.. client, .. server] : [.. server, .. client];
        byte[] ip = IsIpv6
            // With a hop-by-hop header, as a network may put one in.
            ? [0x60, 0, 0, 0, .. U16(8 + tcp.Length), 0, 64, .. addresses, 6, 0, 0, 0, 0, 0, 0, 0, .. tcp]
            : [0x45, 0, .. U16(20 + tcp.Length), 0, 0, 0x40, 0, 64, 6, 0, 0, .. addresses, .. tcp];
        _packets.Add((_timeUs += 1000, ip));
    }

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    [Flags]
    private enum Flags : byte
    {
        Fin = 0x01,
        Syn = 0x02,
        Ack = 0x10,
    }
}

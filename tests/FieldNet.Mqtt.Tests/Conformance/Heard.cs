using System.Buffers.Binary;
using System.Text;

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>A packet that the server sent, taken apart by the standard alone.</summary>
/// <remarks>Errors: a packet that a client could not read fails the test.</remarks>
internal sealed class Heard
{
    public const byte ConnAck = 2;
    public const byte Publish = 3;
    public const byte PubAck = 4;
    public const byte PubRec = 5;
    public const byte PubRel = 6;
    public const byte PubComp = 7;
    public const byte SubAck = 9;
    public const byte UnsubAck = 11;
    public const byte PingResp = 13;
    public const byte Disconnect = 14;
    public const byte Auth = 15;

    private readonly byte[] _body;
    private int _at;

    public Heard(byte header, byte[] body, byte version)
    {
        Type = (byte)(header >> 4);
        Flags = (byte)(header & 15);
        _body = body;
        Bytes = 1 + Wire.Varint(body.Length).Length + body.Length;
        switch (Type)
        {
            case ConnAck:
                SessionPresent = Byte() == 1;
                Reason = Byte();
                ReadProperties(version);
                break;
            case Publish:
                Topic = Text();
                Id = Qos > 0 ? Number(2) : 0;
                ReadProperties(version);
                Payload = Encoding.UTF8.GetString(_body.AsSpan(_at));
                _at = _body.Length;
                break;
            case PubAck or PubRec or PubRel or PubComp:
                Id = Number(2);
                Reason = _at < _body.Length ? Byte() : (byte)0;
                ReadPropertiesIfAny(version);
                break;
            case SubAck or UnsubAck:
                Id = Number(2);
                ReadProperties(version);
                Codes = _body[_at..];
                _at = _body.Length;
                break;
            case Disconnect or Auth:
                Reason = _at < _body.Length ? Byte() : (byte)0;
                ReadPropertiesIfAny(version);
                break;
        }

        Assert.Equal(_body.Length, _at);
    }

    public byte Type { get; }

    public byte Flags { get; }

    /// <summary>Of the whole packet.</summary>
    public int Bytes { get; }

    public bool SessionPresent { get; }

    public byte Reason { get; }

    public int Id { get; }

    public string Topic { get; } = "";

    public string Payload { get; } = "";

    public byte[] Codes { get; } = [];

    public int Qos => (Flags >> 1) & 3;

    public bool Retain => (Flags & 1) != 0;

    public bool IsDuplicate => (Flags & 8) != 0;

    /// <summary>In the order sent. A number's value is its bytes.</summary>
    public List<(byte Id, byte[] Value)> Properties { get; } = [];

    /// <summary>All of them as sent, in hexadecimal.</summary>
    public string PropertyBlock { get; private set; } = "";

    /// <summary>The value of the first such property; null when there is none.</summary>
    public byte[]? Find(byte id) => Properties.FirstOrDefault(p => p.Id == id).Value;

    public uint? Numeric(byte id) => Find(id) is { } value ? value.Aggregate(0u, (number, b) => (number << 8) | b) : null;

    public string? TextOf(byte id) => Find(id) is { } value ? Encoding.UTF8.GetString(value) : null;

    public override string ToString() => $"type {Type}, flags {Flags:X}, {Convert.ToHexString(_body)}";

    private void ReadPropertiesIfAny(byte version)
    {
        if (_at < _body.Length)
        {
            ReadProperties(version);
        }
    }

    private void ReadProperties(byte version)
    {
        if (version < Wire.V5)
        {
            return;
        }

        var length = Varint();
        PropertyBlock = Convert.ToHexString(_body.AsSpan(_at, length));
        for (var end = _at + length; _at < end;)
        {
            var id = Byte();
            Properties.Add((id, id switch
            {
                0x01 or 0x17 or 0x19 or 0x24 or 0x25 or 0x28 or 0x29 or 0x2A => Take(1),
                0x13 or 0x21 or 0x22 or 0x23 => Take(2),
                0x02 or 0x11 or 0x18 or 0x27 => Take(4),
                0x0B => Wire.UInt32((uint)Varint()),
                0x26 => [.. Take(Number(2)), (byte)'=', .. Take(Number(2))],
                _ => Take(Number(2)),
            }));
        }
    }

    private byte Byte() => Take(1)[0];

    private int Number(int bytes) => bytes == 2 ? BinaryPrimitives.ReadUInt16BigEndian(Take(2)) : Byte();

    private string Text() => Encoding.UTF8.GetString(Take(Number(2)));

    private int Varint()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = Byte();
            value |= (b & 127) << shift;
            if (b < 128)
            {
                return value;
            }
        }
    }

    private byte[] Take(int count)
    {
        Assert.True(_at + count <= _body.Length, $"cut short: {Convert.ToHexString(_body)}");
        _at += count;
        return _body[(_at - count).._at];
    }
}

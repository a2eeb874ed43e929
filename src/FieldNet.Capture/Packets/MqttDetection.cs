using FieldNet.Mqtt.Packets;

namespace FieldNet.Capture.Packets;

/// <summary>Recognises MQTT by its bytes, on any port.</summary>
internal static class MqttDetection
{
    public const ushort UsualPort = 1883;
    public const ushort UsualTlsPort = 8883;

    /// <summary>Fewer bytes may be anything; on the usual port they are MQTT all the same.</summary>
    private const int MinConvincingBytes = 8;

    /// <summary>TLS 1.2 allows the most: 2^14 and 2,048.</summary>
    private const int MaxTlsRecordBytes = 16_384 + 2_048;

    /// <summary>As many bytes as <see cref="IsConnect"/> may have to see.</summary>
    public const int ConnectHeadBytes = 1 + MqttVarint.MaxBytes + 8;

    private static readonly MqttProtocolVersion[] Versions = [MqttProtocolVersion.V311, MqttProtocolVersion.V5, MqttProtocolVersion.V31];

    private static ReadOnlySpan<byte> Name => [0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T'];

    private static ReadOnlySpan<byte> OldName => [0, 6, (byte)'M', (byte)'Q', (byte)'I', (byte)'s', (byte)'d', (byte)'p'];

    /// <summary>A stream that begins like this begins with CONNECT, whatever comes then.</summary>
    /// <returns>Null when more bytes have to be seen.</returns>
    public static bool? IsConnect(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || MqttFixedHeader.Type(bytes[0]) != MqttPacketType.Connect)
        {
            return bytes.IsEmpty ? null : false;
        }

        var status = MqttVarint.TryRead(bytes[1..], out _, out var lengthBytes);
        if (status != FrameStatus.Complete)
        {
            return status == FrameStatus.Incomplete ? null : false;
        }

        var name = bytes[(1 + lengthBytes)..];
        var isNew = StartsWith(name, Name);
        return isNew == false ? StartsWith(name, OldName) : isNew;
    }

    /// <summary>A TLS record begins here: its type, version and a length that it may have. MQTT begins with none of these types.</summary>
    /// <remarks>Source: RFC 8446, section 5.1.</remarks>
    public static bool IsTls(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 5 && bytes[0] is >= 0x14 and <= 0x17 && bytes[1] == 3 && bytes[2] <= 4
        && ((bytes[3] << 8) | bytes[4]) is > 0 and <= MaxTlsRecordBytes;

    /// <summary>A segment of a connection whose beginning was not captured holds whole packets and nothing else.</summary>
    /// <param name="bytes">The segment.</param>
    /// <param name="isUsualPort">Of either side.</param>
    /// <param name="fromClient">Null when either direction would do.</param>
    public static bool IsWholePackets(ReadOnlySpan<byte> bytes, bool isUsualPort, out bool? fromClient)
    {
        fromClient = null;
        if (bytes.Length < MinConvincingBytes && !isUsualPort)
        {
            return false;
        }

        while (MqttFramer.TryReadFrame(bytes, bytes.Length, out var header, out var body, out var packetBytes) == FrameStatus.Complete)
        {
            var asClient = fromClient != false && Judge(header, body, null, fromClient: true) == MqttReasonCode.Success;
            var asServer = fromClient != true && Judge(header, body, null, fromClient: false) == MqttReasonCode.Success;
            if (!asClient && !asServer)
            {
                return false;
            }

            fromClient = asClient == asServer ? fromClient : asClient;
            bytes = bytes[packetBytes..];
        }

        return bytes.IsEmpty;
    }

    /// <summary>In a connection known to be MQTT, a packet may begin here: a whole one that keeps the rules, or a PUBLISH with a topic.</summary>
    public static bool IsPacketStart(ReadOnlySpan<byte> bytes, MqttProtocolVersion? version, bool fromClient, int maxPacketBytes)
    {
        var status = MqttFramer.TryReadFrame(bytes, maxPacketBytes, out var header, out var body, out _);
        if (status == FrameStatus.Complete)
        {
            return Judge(header, body, version, fromClient) == MqttReasonCode.Success;
        }

        if (status != FrameStatus.Incomplete
            || MqttFixedHeader.Type(header) != MqttPacketType.Publish
            || !MqttFixedHeader.IsValid(header, version ?? MqttProtocolVersion.V5)
            || MqttVarint.TryRead(bytes[1..], out _, out var lengthBytes) != FrameStatus.Complete)
        {
            return false;
        }

        var reader = new MqttPacketReader(bytes[(1 + lengthBytes)..]);
        return reader.TryReadUtf8(out var topic) && MqttTopic.IsValidName(topic);
    }

    /// <summary>Judges by the version, or by the one that is kindest when no CONNECT was seen.</summary>
    public static MqttReasonCode Judge(byte header, ReadOnlySpan<byte> body, MqttProtocolVersion? version, bool fromClient)
    {
        if (version is { } known)
        {
            return MqttPacketRules.Check(header, body, known, fromClient);
        }

        var fault = MqttReasonCode.Success;
        foreach (var candidate in Versions)
        {
            fault = MqttPacketRules.Check(header, body, candidate, fromClient);
            if (fault == MqttReasonCode.Success)
            {
                break;
            }
        }

        return fault;
    }

    /// <returns>Null when the bytes end before the expected ones do, and agree so far.</returns>
    private static bool? StartsWith(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> expected) =>
        bytes.Length >= expected.Length ? bytes.StartsWith(expected)
        : expected.StartsWith(bytes) ? null
        : false;
}

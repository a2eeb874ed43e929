namespace FieldNet.Capture.Packets;

/// <summary>Is told what a capture holds, in the order in which it became known.</summary>
/// <remarks>Threading: the reader's. Connections are interleaved as in the capture.</remarks>
public interface IMqttCaptureObserver
{
    /// <summary>A connection was recognised as MQTT.</summary>
    void Opened(CapturedConnection connection, long timeUs);

    void Packet(in CapturedMqttPacket packet);

    /// <summary>Bytes of a connection are not in the capture; packets in them are unknown.</summary>
    void Lost(CapturedConnection connection, bool fromClient, long bytes, long timeUs);

    /// <summary>The stream can't be cut into packets from here on: a length that is none, or a packet of no type.</summary>
    void Broken(CapturedConnection connection, bool fromClient, long timeUs);

    /// <summary>Both sides have finished, one has reset it, or it was given up.</summary>
    void Closed(CapturedConnection connection, long timeUs, bool isReset);

    /// <summary>A connection was recognised as TLS: what it carries can't be read.</summary>
    void Encrypted(TcpEndpoint client, TcpEndpoint server, long timeUs);
}

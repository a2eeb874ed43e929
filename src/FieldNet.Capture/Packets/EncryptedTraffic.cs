namespace FieldNet.Capture.Packets;

/// <summary>The TLS sessions of a capture: named, since MQTT may be in them, and not looked into.</summary>
public sealed record EncryptedTraffic
{
    public required long Sessions { get; init; }

    /// <summary>Sessions by the server's address and port; 8883 is the usual one of MQTT.</summary>
    public required IReadOnlyDictionary<string, long> Servers { get; init; }
}

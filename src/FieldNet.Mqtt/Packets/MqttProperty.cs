namespace FieldNet.Mqtt.Packets;

/// <summary>One property, as <see cref="MqttPropertyReader"/> found it.</summary>
/// <remarks>Lifetime: the spans alias the packet.</remarks>
public readonly ref struct MqttProperty
{
    public MqttPropertyId Id { get; init; }

    /// <summary>The value of a number; 0 for strings and binary data.</summary>
    public uint Number { get; init; }

    /// <summary>The value of a string or binary data; the name of a user property.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>The value of a user property.</summary>
    public ReadOnlySpan<byte> PairValue { get; init; }
}

namespace FieldNet.Telemetry.Messages;

/// <summary>How a payload is written.</summary>
public enum PayloadFormat : byte
{
    /// <summary>No content type was given: JSON if the first byte is <c>{</c>, protobuf otherwise.</summary>
    Detect = 0,
    Protobuf,
    Json,

    /// <summary>A content type that is neither.</summary>
    Unknown,
}

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>The Will of a CONNECT.</summary>
internal sealed record LastWill(string Topic = "will", string Payload = "gone", byte Qos = 0, bool Retain = false, byte[]? Properties = null);

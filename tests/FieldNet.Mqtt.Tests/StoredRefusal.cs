using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Tests;

/// <summary>What was told to <see cref="InMemoryIngress.Refuse"/>.</summary>
internal sealed record StoredRefusal(Refusal Reason, long Connection, string Client, string Address, string Detail);

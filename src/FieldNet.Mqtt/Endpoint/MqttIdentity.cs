using System.Security.Cryptography.X509Certificates;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Who a connection says it is.</summary>
/// <param name="ClientId">MQTT client identifier.</param>
/// <param name="UserName">Null when CONNECT had none.</param>
/// <param name="Address">Of the peer, with its port.</param>
/// <param name="Certificate">Presented in the TLS handshake and not judged by it; null without one.</param>
public sealed record MqttIdentity(string ClientId, string? UserName, string Address, X509Certificate2? Certificate);

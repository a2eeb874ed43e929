using System.Net;
using System.Security.Cryptography;
using FieldNet.Edge.Verbs;
using FieldNet.Mqtt.Transport;

namespace FieldNet.Edge.Agent;

/// <summary>The certificate for MQTT over TLS: the one given, or the agent's own in its data folder.</summary>
internal static class AgentCertificate
{
    public const string FileName = "mqtts.pem";

    /// <exception cref="BadArgumentException">The files given are of no use.</exception>
    /// <exception cref="EnvironmentFaultException">The agent's own can't be read or written.</exception>
    public static TlsCertificate Load(AgentOptions options, IPAddress address, TimeProvider time)
    {
        try
        {
            return options.TlsFiles is { } files
                ? TlsCertificate.Load(files.Certificate, files.Key)
                : TlsCertificate.LoadOrCreate(Path.Combine(options.Data, FileName), address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? [] : [address], time);
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw options.TlsFiles is { } files
                ? new BadArgumentException($"--tls-cert {files.Certificate} and --tls-key {files.Key} can't be used: {unusable.Message} Both are PEM, the key not encrypted.")
                : new EnvironmentFaultException($"the agent's own certificate, {Path.Combine(options.Data, FileName)}, can't be used: {unusable.Message} Move it away and a new one is made.", unusable);
        }
    }
}

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FieldNet.Mqtt.Client;

/// <summary>Whom a client trusts, and who it says it is, over TLS.</summary>
public sealed class MqttTlsOptions
{
    /// <summary>The authorities that may have signed the server's certificate. Default null: those of this machine.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>SHA-256 of the server's certificate in hexadecimal. Given, exactly that certificate is trusted, whoever signed it and whatever its name. Default null.</summary>
    public string? ServerThumbprint { get; init; }

    /// <summary>Shown when the server asks for one. Default null.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    internal SslClientAuthenticationOptions For(string host) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificates = ClientCertificate is null ? null : [ClientCertificate],
        CertificateChainPolicy = Authorities is null ? null : Trusting(Authorities),
        RemoteCertificateValidationCallback = ServerThumbprint is null ? null : (_, certificate, _, _) => IsPinned(certificate),
    };

    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        // A site's own authority publishes no revocation list that could be reached without the internet.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private bool IsPinned(X509Certificate? certificate) =>
        certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256).Equals(ServerThumbprint!.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FieldNet.Mqtt.Transport;

/// <summary>The certificate by which the agent shows itself to devices.</summary>
/// <param name="Certificate">With its key.</param>
/// <param name="Chain">What the file has besides: the issuers that clients need to see.</param>
public sealed record TlsCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);

    /// <summary>SHA-256 of the certificate, as <c>openssl x509 -fingerprint -sha256</c> prints it.</summary>
    public string Fingerprint => string.Join(':', Certificate.GetCertHash(HashAlgorithmName.SHA256).Select(each => each.ToString("X2", null)));

    /// <summary>Reads a certificate (with its chain behind it) and its unencrypted key.</summary>
    /// <exception cref="CryptographicException">One of them is none, or they don't belong together.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static TlsCertificate Load(string certificateFile, string keyFile)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        if (chain.Count > 0)
        {
            chain.RemoveAt(0);
        }

        try
        {
            return new TlsCertificate(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain);
        }
        catch (ArgumentException mismatch)
        {
            throw new CryptographicException("the key is not the certificate's", mismatch);
        }
    }

    /// <summary>Reads the agent's own certificate, or makes it: signed by itself, so that clients must be told to trust it.</summary>
    /// <remarks>Errors: as <see cref="Load"/>. A file of its own once made is never replaced: devices may have been given it.</remarks>
    /// <param name="file">Certificate and key; readable by its owner only.</param>
    /// <param name="addresses">Where devices reach it, besides this machine's names.</param>
    /// <param name="time">For its validity.</param>
    public static TlsCertificate LoadOrCreate(string file, IEnumerable<IPAddress> addresses, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(time);
        if (!File.Exists(file))
        {
            Write(file, Create(addresses, time.GetUtcNow()));
        }

        return Load(file, file);
    }

    private static string Create(IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Environment.MachineName);
        foreach (var address in addresses.Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback).Distinct())
        {
            names.AddIpAddress(address);
        }

        var request = new CertificateRequest($"CN=FieldNet on {Environment.MachineName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        // A device's clock may be behind ours.
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Validity);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>Whole or not at all, and never readable by others.</summary>
    private static void Write(string file, string pem)
    {
        var partial = file + ".new";
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(partial, options))
        {
            using var writer = new StreamWriter(stream);
            writer.Write(pem);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, file);
    }
}

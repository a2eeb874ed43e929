using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FieldNet.Edge.ExternalBroker;
using FieldNet.Mqtt.Client;

namespace FieldNet.Edge.Verbs;

/// <summary>The options of <c>serve</c> that name an existing broker.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string?> _broker = Text("--broker", "Listen to this MQTT broker instead of hosting one: mqtt://, mqtts://, ws:// or wss://.", "URL");
    private readonly Option<string?> _user = Text("--broker-user", "User name there.", "NAME");
    private readonly Option<string?> _passwordFile = Text("--broker-password-file", "File whose first line is the password.", "FILE");
    private readonly Option<string?> _clientId = Text("--broker-client-id", "Client identifier there; no one else may use it. Default: fieldnet-MACHINE.", "ID");
    private readonly Option<string?> _authority = Text("--broker-ca", "PEM file of the authorities trusted for mqtts:// and wss://. Default: those of this machine.", "FILE");
    private readonly Option<string?> _thumbprint = Text("--broker-thumbprint", "SHA-256 of the broker's certificate: trust exactly that one.", "HEX");
    private readonly Option<string?> _certificate = Text("--broker-certificate", "PEM file of our own certificate and its key.", "FILE");
    private readonly Option<string[]> _topics = new("--broker-topics")
    {
        Description = "Topic filters. Default: fieldnet/v1/#.",
        HelpName = "FILTER",
        AllowMultipleArgumentsPerToken = true,
    };

    public IReadOnlyList<Option> All => [_broker, _user, _passwordFile, _clientId, _topics, _authority, _thumbprint, _certificate];

    /// <returns>Null without <c>--broker</c>.</returns>
    /// <exception cref="BadArgumentException">An address that is none, a file that can't be read, or an option that needs <c>--broker</c>.</exception>
    public BrokerLinkOptions? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_broker) is not { } text)
        {
            return All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } alone
                ? throw new BadArgumentException($"{alone.Name} needs --broker.")
                : null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !MqttServerAddress.TryParse(uri, out var server))
        {
            throw new BadArgumentException($"'{text}' is not a broker's address; write mqtt://HOST:PORT (or mqtts, ws, wss), and the user with --broker-user.");
        }

        var topics = parsed.GetValue(_topics);
        return new BrokerLinkOptions
        {
            Server = server,
            ClientId = parsed.GetValue(_clientId) ?? $"fieldnet-{Environment.MachineName}",
            Topics = topics is { Length: > 0 } ? topics : ["fieldnet/v1/#"],
            UserName = parsed.GetValue(_user),
            Password = Load(parsed, _passwordFile, file => Encoding.UTF8.GetBytes(File.ReadLines(file).FirstOrDefault() ?? "")) ?? [],
            Tls = !server.UsesTls ? null : new MqttTlsOptions
            {
                Authorities = Load(parsed, _authority, Certificates),
                ServerThumbprint = parsed.GetValue(_thumbprint),
                ClientCertificate = Load(parsed, _certificate, file => X509Certificate2.CreateFromPemFile(file)),
            },
        };
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    private static X509Certificate2Collection Certificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates;
    }

    private static T? Load<T>(ParseResult parsed, Option<string?> option, Func<string, T> load)
        where T : class
    {
        try
        {
            return parsed.GetValue(option) is { } file ? load(file) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BadArgumentException($"{option.Name} {parsed.GetValue(option)} can't be read: {unreadable.Message}");
        }
    }
}

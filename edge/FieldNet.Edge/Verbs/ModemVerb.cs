using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FieldNet.Edge.Modem;
using FieldNet.Edge.Reports;
using FieldNet.Edge.Site;
using FieldNet.Mqtt.Client;
using Mode = FieldNet.Telemetry.Wire.Stamp.Types.Mode;

namespace FieldNet.Edge.Verbs;

/// <summary><c>modem</c>: a gateway's modem, read and published as link reports.</summary>
internal static class ModemVerb
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "qeng:/dev/ttyUSB2 (Quectel AT port), qmicli[:/dev/cdc-wdm0], mmcli[:N] (ModemManager), or file:PATH with what one of them printed.", Required = true, HelpName = "WAY" };
        var to = new Option<string>("--to") { Description = "The MQTT endpoint: mqtt://HOST:PORT, mqtts://, ws:// or wss://.", Required = true, HelpName = "URL" };
        var topic = new Option<string>("--topic-base") { Description = "The gateway itself: site/ward/bed/device, with _ward as the bed of one that serves several.", Required = true, HelpName = "NAME" };
        var serves = new Option<string[]>("--serves") { Description = "bed/device of each device behind it.", HelpName = "BED/DEVICE", AllowMultipleArgumentsPerToken = true };
        var every = VerbOptions.Duration("--every", "How often. Default: 1s.");
        var authority = new Option<string?>("--ca") { Description = "PEM file of the authorities trusted for mqtts:// and wss://. Default: those of this machine.", HelpName = "FILE" };
        var mode = new Option<string>("--mode") { Description = "real, test or demo: how the reports are marked.", DefaultValueFactory = _ => "real" };
        mode.AcceptOnlyFromAmong("real", "test", "demo");
        var (duration, json) = (VerbOptions.For(), VerbOptions.Json());
        var verb = new Command("modem", "Reads a gateway's modem and publishes its radio state.") { from, to, topic, serves, every, authority, mode, duration, json };
        verb.SetAction(async (parsed, stopping) =>
        {
            var options = new ModemOptions
            {
                Server = Server(parsed.GetRequiredValue(to)),
                Tls = Trust(parsed.GetValue(authority)),
                Device = Named("--topic-base", parsed.GetRequiredValue(topic), SiteNames.IsGatewayOfSite, "site/ward/bed/device"),
                Serves = Array.ConvertAll(parsed.GetValue(serves) ?? [], device => Named("--serves", device, SiteNames.IsDevice, "bed/device")),
                Every = parsed.GetValue(every) ?? TimeSpan.FromSeconds(1),
                Mode = parsed.GetValue(mode) switch { "test" => Mode.Test, "demo" => Mode.Demo, _ => Mode.Real },
            };
            using var port = ModemPorts.Open(parsed.GetRequiredValue(from), TimeProvider.System);
            return await RunAsync(options, port, parsed.GetValue(duration), parsed.GetValue(json), TimeProvider.System, stopping).ConfigureAwait(false);
        });
        return verb;
    }

    private static async Task<int> RunAsync(ModemOptions options, IModemPort port, TimeSpan? duration, string? json, TimeProvider time, CancellationToken stopping)
    {
        using var over = new CancellationTokenSource(duration ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping);
        // Jitter: many gateways that lost one endpoint must not come back in step.
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        var publisher = new ModemPublisher(options, port, time, random.NextDouble, static what => Console.Error.WriteLine($"fieldnet: {what.TrimEnd('.')}."));
        await publisher.RunAsync(either.Token).ConfigureAwait(false);
        JsonReport.Write(
            new ModemReport
            {
                Sent = publisher.Sent,
                Acknowledged = publisher.Acknowledged,
                NotSent = publisher.NotSent,
                Unreadable = publisher.Unreadable,
                Connections = publisher.Connections,
            },
            json);
        return publisher.Connections > 0 ? ExitCode.Done : throw new EnvironmentFaultException($"{options.Server} could not be reached.");
    }

    private static MqttServerAddress Server(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && MqttServerAddress.TryParse(uri, out var server)
        ? server
        : throw new BadArgumentException($"'{url}' is not an endpoint's address; write mqtt://HOST:PORT (or mqtts, ws, wss).");

    private static MqttTlsOptions? Trust(string? authority)
    {
        if (authority is null)
        {
            return null;
        }

        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(authority);
            return new MqttTlsOptions { Authorities = trusted };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BadArgumentException($"--ca {authority} can't be read: {unreadable.Message}");
        }
    }

    private static string Named(string option, string name, Func<string, bool> isRight, string example) =>
        isRight(name) ? name : throw new BadArgumentException($"{option} is {example}, each of letters, digits, - and _; '{name}' is none.");
}

using System.CommandLine;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Reports;
using FieldNet.Edge.Site;

namespace FieldNet.Edge.Verbs;

/// <summary><c>serve</c>: the agent and the dashboard, until stopped.</summary>
internal static class ServeVerb
{
    private const int MqttsPreset = 8883;

    public static Command Create()
    {
        var data = VerbOptions.Data("Folder of the log. Default: data.");
        var (listen, port, mqttPort) = (VerbOptions.Listen(), VerbOptions.Port(), VerbOptions.MqttPort());
        var mqttsPort = VerbOptions.MqttsPort();
        var certificate = new Option<string?>("--tls-cert") { Description = "Certificate for MQTT over TLS, PEM, its chain behind it. Default: the agent's own, made at the first start.", HelpName = "FILE.pem" };
        var key = new Option<string?>("--tls-key") { Description = "Its key, PEM, not encrypted.", HelpName = "FILE.pem" };
        var origins = new Option<string[]>("--allow-origin") { Description = "Another site whose pages may speak to the agent, such as https://ward.example; more than once for more.", HelpName = "URL" };
        var captures = VerbOptions.Captures();
        var config = new Option<string?>("--config") { Description = "The site: limits of the rules, the 5G side (docs/operations.md).", HelpName = "site.yaml" };
        var (events, json, duration) = (VerbOptions.Events(), VerbOptions.Json(), VerbOptions.For());
        var (broker, log, influx) = (new BrokerOptions(), new LogOptions(), new InfluxOptions());
        var verb = new Command("serve", "Runs the agent and the dashboard until stopped.")
        {
            config, data, captures, listen, port, mqttPort, mqttsPort, certificate, key, origins, events, duration, json,
        };
        foreach (var option in (Option[])[.. broker.All, .. log.All, .. influx.All])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(async (parsed, stopping) =>
        {
            var site = SiteFile.Read(parsed.GetValue(config));
            var options = new AgentOptions
            {
                Data = parsed.GetValue(data) ?? "data",
                Ward = site.Ward,
                Sources = site.Sources,
                Probes = site.Probes,
                Reflector = site.Reflector,
                Listen = parsed.GetRequiredValue(listen),
                Port = parsed.GetValue(port),
                MqttPort = parsed.GetValue(mqttPort),
                MqttsPort = parsed.GetValue(mqttsPort) ?? (parsed.GetResult(mqttPort) is { Implicit: false } ? 0 : MqttsPreset),
                TlsFiles = TlsFiles(parsed.GetValue(certificate), parsed.GetValue(key)),
                AllowedOrigins = Array.ConvertAll(parsed.GetValue(origins) ?? [], Origin),
                Events = parsed.GetValue(events),
                Captures = parsed.GetValue(captures),
                Broker = broker.Read(parsed),
                Log = log.Read(parsed),
                Influx = influx.Read(parsed),
                ReadyOnStandardError = parsed.GetValue(json) == "-",
            };
            return await RunAsync(options, parsed.GetValue(duration), parsed.GetValue(json), TimeProvider.System, stopping).ConfigureAwait(false);
        });
        return verb;
    }

    private static (string, string)? TlsFiles(string? certificate, string? key) => (certificate, key) switch
    {
        (null, null) => null,
        ({ } certificateFile, { } keyFile) => (certificateFile, keyFile),
        _ => throw new BadArgumentException("--tls-cert and --tls-key are given together, or neither."),
    };

    private static string Origin(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/" }
        ? uri.GetLeftPart(UriPartial.Authority)
        : throw new BadArgumentException($"--allow-origin takes a site such as https://ward.example; '{url}' is none.");

    private static async Task<int> RunAsync(AgentOptions options, TimeSpan? duration, string? json, TimeProvider time, CancellationToken stopping)
    {
        await using var run = await AgentRun.StartAsync(options, time, stopping).ConfigureAwait(false);
        await run.UntilAsync(duration, stopping).ConfigureAwait(false);
        run.NoteEnd();
        await run.StopAsync().ConfigureAwait(false);
        JsonReport.Write(run.Report(run.AcknowledgementsSent, acknowledgedLost: null), json);
        return ExitCode.Done;
    }
}

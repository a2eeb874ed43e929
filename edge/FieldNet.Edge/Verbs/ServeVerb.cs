using System.CommandLine;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Reports;

namespace FieldNet.Edge.Verbs;

/// <summary><c>serve</c>: the agent and the dashboard, until stopped.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var data = VerbOptions.Data("Folder of the log. Default: data.");
        var (listen, port, mqttPort) = (VerbOptions.Listen(), VerbOptions.Port(), VerbOptions.MqttPort());
        var (events, json, duration) = (VerbOptions.Events(), VerbOptions.Json(), VerbOptions.For());
        var broker = new BrokerOptions();
        var verb = new Command("serve", "Runs the agent and the dashboard until stopped.") { data, listen, port, mqttPort, events, duration, json };
        foreach (var option in broker.All)
        {
            verb.Options.Add(option);
        }

        verb.SetAction(async (parsed, stopping) =>
        {
            var options = new AgentOptions
            {
                Data = parsed.GetValue(data) ?? "data",
                Listen = parsed.GetRequiredValue(listen),
                Port = parsed.GetValue(port),
                MqttPort = parsed.GetValue(mqttPort),
                Events = parsed.GetValue(events),
                Broker = broker.Read(parsed),
                ReadyOnStandardError = parsed.GetValue(json) == "-",
            };
            return await RunAsync(options, parsed.GetValue(duration), parsed.GetValue(json), TimeProvider.System, stopping).ConfigureAwait(false);
        });
        return verb;
    }

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

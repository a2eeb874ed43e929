using System.CommandLine;
using FieldNet.Dashboard.Stream;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Demo;
using FieldNet.Edge.Reports;

namespace FieldNet.Edge.Verbs;

/// <summary><c>demo</c>: the main job with nothing else needed.</summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var beds = VerbOptions.InRange("--beds", "How many simulated beds.", 12, 1, 200);
        var recordings = new Option<string?>("--recordings") { Description = "Play the WFDB (PhysioNet) records below this folder instead of synthesised patients.", HelpName = "DIR" };
        var seed = new Option<int>("--seed") { Description = "Seed of patients and faults.", DefaultValueFactory = _ => 1 };
        var noOpen = new Option<bool>("--no-open") { Description = "Don't open a browser." };
        var data = VerbOptions.Data("Folder of the log. Default: a new one below data/demo; the last three are kept.");
        var (listen, port, mqttPort) = (VerbOptions.Listen(), VerbOptions.Port(), VerbOptions.MqttPort());
        var captures = VerbOptions.Captures();
        var (events, json, duration) = (VerbOptions.Events(), VerbOptions.Json(), VerbOptions.For());
        var influx = new InfluxOptions();
        var verb = new Command("demo", "A ward of simulated beds, live in the browser, with faults on the way. Everything is marked DEMO.")
        {
            beds, recordings, seed, data, captures, listen, port, mqttPort, events, duration, json, noOpen,
        };
        foreach (var option in influx.All)
        {
            verb.Options.Add(option);
        }

        verb.SetAction(async (parsed, stopping) =>
        {
            var folder = parsed.GetValue(recordings);
            if (folder is not null && !Directory.Exists(folder))
            {
                throw new BadArgumentException($"--recordings: there is no folder {folder}.");
            }

            var options = new AgentOptions
            {
                Data = parsed.GetValue(data) ?? DemoFolder.Create(TimeProvider.System),
                Listen = parsed.GetRequiredValue(listen),
                Port = parsed.GetValue(port),
                MqttPort = parsed.GetValue(mqttPort),
                Events = parsed.GetValue(events),
                Captures = parsed.GetValue(captures),
                Influx = influx.Read(parsed),
                ReadyOnStandardError = parsed.GetValue(json) == "-",
            };
            await using var run = await AgentRun.StartAsync(options, TimeProvider.System, stopping).ConfigureAwait(false);
            if (!parsed.GetValue(noOpen))
            {
                BrowserWindow.Open(run.Host.Http);
            }

            using var bedsides = SimulatorProcess.Start(run.Host.Mqtt, parsed.GetValue(beds), parsed.GetValue(seed), folder, parsed.GetValue(duration), options.Data);
            return await RunAsync(run, bedsides, options.Data, parsed.GetValue(duration), parsed.GetValue(json), stopping).ConfigureAwait(false);
        });
        return verb;
    }

    private static async Task<int> RunAsync(
        AgentRun run, SimulatorProcess bedsides, string data, TimeSpan? duration, string? json, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = WatchAsync(run.Host.Stream, ending.Token);
        var until = run.UntilAsync(duration, ending.Token);
        await (await Task.WhenAny(until, bedsides.Exited).ConfigureAwait(false)).ConfigureAwait(false);
        run.NoteEnd();
        var account = bedsides.StopAsync();
        // Only waited for: without their account the agent stops in order all the same.
        await Task.WhenAny(account).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        await run.StopAsync().ConfigureAwait(false);

        if (!account.IsCompletedSuccessfully)
        {
            JsonReport.Write(run.Report(run.AcknowledgementsSent, acknowledgedLost: null), json);
        }

        var acknowledged = await account.ConfigureAwait(false);
        var lost = AcknowledgedLedger.CountLost(bedsides.Ledger, data);
        JsonReport.Write(run.Report(acknowledged, lost), json);
        if (lost > 0)
        {
            Console.Error.WriteLine($"fieldnet: {lost} acknowledged messages are not in the log: this must never happen; keep {Path.GetFullPath(data)} and report it.");
        }

        return lost == 0 ? ExitCode.Done : ExitCode.FellShort;
    }

    /// <summary>One screen of our own on the page's stream, so that a demo without a browser measures the way there all the same.</summary>
    private static async Task WatchAsync(WardStream stream, CancellationToken ending)
    {
        try
        {
            await foreach (var frame in stream.WatchAsync(new WatchRequest(null), ending).ConfigureAwait(false))
            {
                _ = frame;
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}

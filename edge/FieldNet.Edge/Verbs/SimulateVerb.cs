using System.CommandLine;
using FieldNet.Bedside;
using FieldNet.Edge.Reports;

namespace FieldNet.Edge.Verbs;

/// <summary><c>simulate</c>: bedsides as a load and fault generator, in a process of their own.</summary>
internal static class SimulateVerb
{
    public static Command Create()
    {
        var to = new Option<Uri>("--to")
        {
            Description = "The MQTT endpoint, mqtt://HOST:PORT.",
            Required = true,
            HelpName = "URL",
            CustomParser = result => new Uri(result.Tokens[0].Value, UriKind.RelativeOrAbsolute),
        };
        var beds = VerbOptions.InRange("--beds", "How many beds.", 12, 1, SimulationOptions.MostBeds);
        var rate = new Option<double>("--rate") { Description = "Multiplies the number of messages, 0.1 to 20.", DefaultValueFactory = _ => 1 };
        var profile = new Option<SimulationProfile>("--profile") { Description = "full or numerics (no waveforms)." };
        var qos = VerbOptions.InRange("--qos", "QoS of waveforms; everything else goes with 1.", 0, 0, 1);
        var seed = new Option<int>("--seed") { Description = "Same seed, same patients and faults.", DefaultValueFactory = _ => 1 };
        var recordings = new Option<string?>("--recordings") { Description = "Play the WFDB records below this folder.", HelpName = "DIR" };
        var backgrounds = new Option<string?>("--backgrounds") { Description = "Play the recorded delays below this folder as the beds' paths.", HelpName = "DIR" };
        var noGateways = new Option<bool>("--no-gateways") { Description = "Without the 5G gateways that report each bed's radio." };
        var faults = new Option<string?>("--faults") { Description = "Script of faults, one JSON object a line.", HelpName = "FILE" };
        var demoScript = new Option<bool>("--demo-script") { Description = "Faults of the demonstration's own script, in addition." };
        var labels = new Option<string?>("--labels") { Description = "Write the truth about each fault.", HelpName = "OUT.jsonl" };
        var acked = new Option<string?>("--acked") { Description = "Write which messages were acknowledged, as ranges.", HelpName = "OUT.jsonl" };
        var lifeline = new Option<bool>("--until-stdin-closes") { Description = "End when standard input does." };
        var (duration, json) = (VerbOptions.For(), VerbOptions.Json());
        var verb = new Command("simulate", "Simulated bedsides over real MQTT connections: load, faults, and the truth about them. Everything is marked DEMO.")
        {
            to, beds, duration, rate, profile, qos, seed, recordings, backgrounds, noGateways, faults, demoScript, labels, acked, lifeline, json,
        };
        verb.SetAction(async (parsed, stopping) =>
        {
            var options = new SimulationOptions
            {
                To = parsed.GetRequiredValue(to),
                Beds = parsed.GetValue(beds),
                For = parsed.GetValue(duration),
                Rate = parsed.GetValue(rate),
                Profile = parsed.GetValue(profile),
                WaveQos = (byte)parsed.GetValue(qos),
                Seed = parsed.GetValue(seed),
                Recordings = parsed.GetValue(recordings),
                Backgrounds = parsed.GetValue(backgrounds),
                Gateways = !parsed.GetValue(noGateways),
                Faults = parsed.GetValue(faults),
                DemoFaults = parsed.GetValue(demoScript),
                Labels = parsed.GetValue(labels),
                Acknowledged = parsed.GetValue(acked),
                Lifeline = parsed.GetValue(lifeline) ? Console.OpenStandardInput() : null,
            };
            return await RunAsync(options, parsed.GetValue(json), stopping).ConfigureAwait(false);
        });
        return verb;
    }

    private static async Task<int> RunAsync(SimulationOptions options, string? json, CancellationToken stopping)
    {
        try
        {
            JsonReport.Write(await Simulation.RunAsync(options, stopping).ConfigureAwait(false), json);
            return ExitCode.Done;
        }
        catch (SimulationException impossible)
        {
            throw new BadArgumentException(impossible.Message);
        }
    }
}

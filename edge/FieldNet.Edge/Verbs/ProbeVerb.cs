using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FieldNet.Edge.Reports;
using FieldNet.Slice.Stamp;

namespace FieldNet.Edge.Verbs;

/// <summary><c>probe reflect</c> and <c>probe send</c>: both ends of an active measurement (STAMP, RFC 8762).</summary>
internal static class ProbeVerb
{
    public static Command Create() => new("probe", "Measures a path with packets of its own (STAMP, RFC 8762).") { Reflect(), Send() };

    private static Command Reflect()
    {
        var listen = new Option<string>("--listen") { Description = "Address and UDP port. Other machines reach it only if you give one of this machine's addresses, or 0.0.0.0; port 0 takes a free one.", HelpName = "ADDR:PORT", DefaultValueFactory = _ => $"127.0.0.1:{StampSenderOptions.PresetPort}" };
        var keyFile = KeyOption();
        var stateless = new Option<bool>("--stateless") { Description = "Keep nothing of a session: losses there and back can't be told apart." };
        var duration = VerbOptions.For();
        var verb = new Command("reflect", "Answers probes until stopped.") { listen, keyFile, stateless, duration };
        verb.SetAction(async (parsed, stopping) =>
        {
            var address = Address(parsed.GetRequiredValue(listen), "--listen");
            try
            {
                using var reflector = new StampReflector(address, KeyFile.Read(parsed.GetValue(keyFile)), parsed.GetValue(stateless), TimeProvider.System);
                Console.Out.WriteLine($"ready udp={reflector.LocalEndPoint}");
                await UntilAsync(parsed.GetValue(duration), stopping).ConfigureAwait(false);
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reflector.Reflected} answered, {reflector.Dropped} dropped"));
                return ExitCode.Done;
            }
            catch (SocketException refused)
            {
                throw new EnvironmentFaultException($"{address} can't be listened on: {refused.Message}. Give --listen another; ports below 1024 need the right to them.", refused);
            }
        });
        return verb;
    }

    private static Command Send()
    {
        var target = new Argument<string>("HOST[:PORT]") { Description = "The reflector. Default port: 862." };
        var every = VerbOptions.Duration("--every", "Between two packets, 1ms to 10s. Default: 100ms.");
        var dscp = new Option<int?>("--dscp") { Description = "Differentiated services code point, 0 to 63, to match the flow that is judged; 46 is expedited forwarding.", HelpName = "N" };
        dscp.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value is < 0 or > 63)
            {
                result.AddError("--dscp must lie between 0 and 63.");
            }
        });
        var (keyFile, duration, json) = (KeyOption(), VerbOptions.Duration("--for", "How long to send. Default: 10s."), VerbOptions.Json());
        var verb = new Command("send", "Sends probes to a reflector and says how the path was.") { target, every, dscp, keyFile, duration, json };
        verb.SetAction(async (parsed, stopping) =>
        {
            var pace = parsed.GetValue(every) ?? TimeSpan.FromMilliseconds(100);
            if (pace < TimeSpan.FromMilliseconds(1) || pace > TimeSpan.FromSeconds(10))
            {
                throw new BadArgumentException("--every must lie between 1ms and 10s.");
            }

            var options = new StampSenderOptions
            {
                Name = "probe",
                Reflector = await ProbeTarget.ResolveAsync(parsed.GetRequiredValue(target), stopping).ConfigureAwait(false),
                Every = pace,
                Dscp = parsed.GetValue(dscp),
                Key = KeyFile.Read(parsed.GetValue(keyFile)),
            };
            return await SendAsync(options, parsed.GetValue(duration) ?? TimeSpan.FromSeconds(10), parsed.GetValue(json), stopping).ConfigureAwait(false);
        });
        return verb;
    }

    private static async Task<int> SendAsync(StampSenderOptions options, TimeSpan duration, string? json, CancellationToken stopping)
    {
        var summary = new ProbeSummary();
        var sender = new StampSender(options, TimeProvider.System, summary.Take);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ending.CancelAfter(duration);
        try
        {
            await sender.RunAsync(ending.Token).ConfigureAwait(false);
        }
        catch (SocketException unreachable)
        {
            throw new EnvironmentFaultException($"there is no way to send to {options.Reflector}: {unreachable.Message}.", unreachable);
        }

        var report = summary.Report(options, sender.Strays);
        if (json != "-")
        {
            report.Print(Console.Out);
        }

        JsonReport.Write(report, json);
        return report.Received > 0 ? ExitCode.Done : ExitCode.FellShort;
    }

    private static Option<string?> KeyOption() => new("--key-file") { Description = "File with the key of authenticated packets: one line of hexadecimal digits.", HelpName = "FILE" };

    private static IPEndPoint Address(string text, string option) => ListenAddress.Parse(text)
        ?? throw new BadArgumentException($"{option} takes an address and a port, such as 0.0.0.0:862; '{text}' is none.");

    private static async Task UntilAsync(TimeSpan? duration, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(duration ?? Timeout.InfiniteTimeSpan, TimeProvider.System, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped, in good order.
        }
    }
}

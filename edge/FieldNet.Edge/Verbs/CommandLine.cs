using System.CommandLine;
using FieldNet.Capture;
using FieldNet.Edge.Agent;

namespace FieldNet.Edge.Verbs;

/// <summary>Parses, runs, and turns every foreseen failure into one sentence and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"fieldnet: {error.Message}");
            }

            Console.Error.WriteLine($"Try: fieldnet {string.Concat(VerbOf(parsed))}--help");
            return ExitCode.BadArguments;
        }

        // Our own ears for SIGINT and SIGTERM: a verb stops in good order and in its own time, however long its last commit takes.
        using var stopping = new StopSignal();
        try
        {
            var asked = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(asked, stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (BadArgumentException bad)
        {
            return Say(bad.Message, ExitCode.BadArguments);
        }
        catch (EnvironmentFaultException fault)
        {
            return Say(fault.Message, ExitCode.Environment);
        }
        catch (AgentEndedException ended)
        {
            return Say(ended.Message, ExitCode.Environment);
        }
        catch (CaptureException unusable)
        {
            return Say(unusable.Message, unusable.Kind == CaptureErrorKind.NotADataFolder ? ExitCode.BadArguments : ExitCode.Environment);
        }
    }

    private static int Say(string sentence, int code)
    {
        Console.Error.WriteLine($"fieldnet: {sentence}");
        return code;
    }

    private static string VerbOf(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}

using System.CommandLine;
using FieldNet.Capture;
using FieldNet.Edge.Agent;

namespace FieldNet.Edge.Verbs;

/// <summary>Parses, runs, and turns every foreseen failure into one sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <param name="errors">Where the sentence goes.</param>
    public static async Task<int> RunAsync(RootCommand root, string[] args, TextWriter errors)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (var error in parsed.Errors)
            {
                errors.WriteLine($"fieldnet: {error.Message}");
            }

            errors.WriteLine($"Try: fieldnet {string.Concat(VerbOf(parsed))}--help");
            return ExitCode.BadArguments;
        }

        // Our own ears for SIGINT and SIGTERM: a verb stops in good order and in its own time, however long its last commit takes.
        using var stopping = new StopSignal();
        try
        {
            var asked = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Error = errors };
            return await parsed.InvokeAsync(asked, stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (BadArgumentException bad)
        {
            return Say(errors, bad.Message, ExitCode.BadArguments);
        }
        catch (EnvironmentFaultException fault)
        {
            return Say(errors, fault.Message, ExitCode.Environment);
        }
        catch (AgentEndedException ended)
        {
            return Say(errors, ended.Message, ExitCode.Environment);
        }
        catch (CaptureException unusable)
        {
            return Say(errors, unusable.Message, unusable.Kind == CaptureErrorKind.NotADataFolder ? ExitCode.BadArguments : ExitCode.Environment);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder that may not be read, a disk that fails amid a verb: the system's own sentence names the file.
            return Say(errors, fault.Message, ExitCode.Environment);
        }
    }

    private static int Say(TextWriter errors, string sentence, int code)
    {
        errors.WriteLine($"fieldnet: {sentence}");
        return code;
    }

    private static string VerbOf(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}

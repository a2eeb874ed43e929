using System.CommandLine;
using FieldNet.Capture;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Tests.Verbs;

/// <summary>Whatever ends the sequencer comes out as one sentence and the contract's exit code, never as a stack trace.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task RunAsync_AViewThrew_SaysSoInOneLineAndExitsWith3()
    {
        var (exitCode, said) = await EndBy(new InvalidOperationException("no such session"));

        Assert.Equal(3, exitCode);
        Assert.StartsWith("fieldnet: the agent ended by a fault of its own (InvalidOperationException: no such session); ", said, StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task RunAsync_LogTookNoQuarantine_SaysTheLogsOwnSentenceAndExitsWith3()
    {
        var (exitCode, said) = await EndBy(new CaptureException(CaptureErrorKind.DataFolderUnwritable, "log", "See to the disk."));

        Assert.Equal((3, "fieldnet: See to the disk.\n"), (exitCode, said));
    }

    [Fact]
    public async Task RunAsync_AFolderThatMayNotBeRead_SaysSoInOneLineAndExitsWith3()
    {
        var root = new RootCommand();
        root.SetAction(int (ParseResult _) => throw new UnauthorizedAccessException("Access to the path '/x' is denied."));
        using var said = new StringWriter();

        Assert.Equal(3, await CommandLine.RunAsync(root, [], said));
        Assert.Equal("fieldnet: Access to the path '/x' is denied.\n", said.ToString());
    }

    private static async Task<(int ExitCode, string Said)> EndBy(Exception fault)
    {
        var root = new RootCommand();
        root.SetAction((_, _) => AgentHost.EndAsync(Task.FromException(fault)));
        using var said = new StringWriter();
        return (await CommandLine.RunAsync(root, [], said), said.ToString());
    }
}

using System.Net;
using System.Net.Sockets;
using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Input;

/// <summary>What keeps the agent from starting is one clear sentence with the fix, and the contract's exit code.</summary>
public sealed class StartFaultTests
{
    [Fact]
    public async Task Serve_PortIsTaken_SaysWhichAndExitsWith3()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var data = new DataFolder();

        var (exitCode, output) = await AgentProcess.RunAsync("serve", "--port", "0", "--mqtt-port", $"{port}", "--data", data.Path);

        Assert.Equal(3, exitCode);
        Assert.Equal($"fieldnet: port {port} for MQTT is taken by another program; choose another with --mqtt-port (0 takes a free one).", output);
    }

    [Fact]
    public async Task Serve_DataFolderIsAFile_SaysSoAndExitsWith3()
    {
        using var data = new DataFolder();
        await File.WriteAllTextAsync(data.File("log"), "", TestContext.Current.CancellationToken);

        var (exitCode, output) = await AgentProcess.RunAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.File("log"));

        Assert.Equal(3, exitCode);
        Assert.Contains(data.File("log"), output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'));
    }

    [Fact]
    public async Task Serve_DataFolderInUse_SaysSoAndExitsWith3()
    {
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);

        var (exitCode, output) = await AgentProcess.RunAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);

        Assert.Equal(3, exitCode);
        Assert.Single(output.Split('\n'));
    }

    [Theory]
    [InlineData("demo", "--beds", "zero")]
    [InlineData("demo", "--beds", "0")]
    [InlineData("demo", "--for", "soon")]
    [InlineData("serve", "--for", "1177h")]
    [InlineData("serve", "--port", "70000")]
    [InlineData("serve", "--listen", "nowhere")]
    [InlineData("serve", "--no-such-option", "1")]
    [InlineData("replay", "/no/such/folder", "--speed=max")]
    [InlineData("replay", ".", "--speed=fast")]
    [InlineData("demo", "--recordings", "/no/such/folder")]
    public async Task Verb_BadArgument_ExitsWith2AndSaysWhy(string verb, string option, string value)
    {
        var (exitCode, output) = await AgentProcess.RunAsync(verb, option, value);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("fieldnet: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}

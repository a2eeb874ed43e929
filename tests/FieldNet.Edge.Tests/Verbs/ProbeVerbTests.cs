using System.CommandLine;
using System.Net;
using System.Text.Json;
using FieldNet.Edge.Verbs;
using FieldNet.Slice.Stamp;

namespace FieldNet.Edge.Tests.Verbs;

/// <summary><c>probe send</c> against a real reflector, and what it says of what is none.</summary>
public sealed class ProbeVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-probe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Send_ToAReflector_ReportsTheKeys()
    {
        using var reflector = new StampReflector(new IPEndPoint(IPAddress.Loopback, 0), null, isStateless: false, TimeProvider.System);
        var report = Path.Combine(_folder, "report.json");

        Assert.Equal(0, await ProbeAsync("send", reflector.LocalEndPoint.ToString(), "--every", "10ms", "--for", "1s", "--dscp", "46", "--json", report));

        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        var root = json.RootElement;
        Assert.InRange(root.GetProperty("sent").GetInt64(), 5, 101);
        Assert.Equal(root.GetProperty("sent").GetInt64(), root.GetProperty("received").GetInt64());
        Assert.Equal(0, root.GetProperty("lost_there").GetInt64());
        Assert.InRange(root.GetProperty("rtt_ms").GetProperty("p98").GetDouble(), 0.0001, 1000);
        Assert.Equal(46, root.GetProperty("dscp").GetInt32());
    }

    [Theory]
    [InlineData(2, "send", "127.0.0.1:70000")]
    [InlineData(2, "send", "127.0.0.1", "--dscp", "64")]
    [InlineData(2, "send", "127.0.0.1", "--every", "20s")]
    [InlineData(2, "send", "127.0.0.1", "--key-file", "absent")]
    [InlineData(2, "reflect", "--listen", "862")]
    public async Task Probe_WrongArguments_ExitCode(int code, params string[] args) => Assert.Equal(code, await ProbeAsync(args));

    [Fact]
    public async Task Send_KeyFileThatHoldsNoKey_IsRefused()
    {
        var file = Path.Combine(_folder, "key");
        File.WriteAllText(file, "secret");

        Assert.Equal(2, await ProbeAsync("send", "127.0.0.1", "--key-file", file));
    }

    private static Task<int> ProbeAsync(params string[] args) => CommandLine.RunAsync(new RootCommand { ProbeVerb.Create() }, ["probe", .. args], TextWriter.Null);
}

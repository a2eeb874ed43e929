using System.Net;
using System.Text;
using FieldNet.Edge.Network;
using FieldNet.Edge.Site;
using FieldNet.Edge.Tests.Agent;
using FieldNet.Edge.Verbs;
using FieldNet.Slice.Stamp;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Tests.Network;

/// <summary>The site's probes and reflector in a real agent, and their entries in the site file.</summary>
public sealed class ProbeServiceTests : IDisposable
{
    private const string Key = "00112233445566778899aabbccddeeff";

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-probe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Probes_OfTheSiteFile_BecomeRecords()
    {
        using var reflector = new StampReflector(new IPEndPoint(IPAddress.Loopback, 0), StampKey.Parse(Key), isStateless: false, TimeProvider.System);
        File.WriteAllText(Path.Combine(_folder, "probe.key"), Key + "\n");
        var site = Site($"""
            network:
              reflector: {"{"} listen: "127.0.0.1:0" {"}"}
              probes:
                - {"{"} name: gw-a, target: icu1/_ward/gw-a, host: 127.0.0.1, port: {reflector.LocalEndPoint.Port}, every_ms: 20, dscp: 46, key_file: probe.key {"}"}
            """);
        await using var agent = await RunningAgent.StartAsync(options => options with { Probes = site.Probes, Reflector = site.Reflector });

        await RunningAgent.UntilAsync(() => agent.Records(RecordKind.Probe).Count > 1, "two seconds of probing");

        var report = ProbeReport.FromJson(Encoding.UTF8.GetBytes(agent.Records(RecordKind.Probe)[1]))!;
        Assert.Equal(("gw-a", "icu1/_ward/gw-a", 46), (report.Session, report.Target, report.Dscp));
        Assert.InRange(report.RttMedianMs!.Value, 0.0001, 1000);
    }

    [Theory]
    [InlineData("probes: [ { name: a, target: core, host: 10.0.0.1, every_ms: 5 } ]", "every_ms is a number from 10 to 10000")]
    [InlineData("probes: [ { name: a, target: nowhere, host: 10.0.0.1 } ]", "probes.target is ward/bed/device")]
    [InlineData("probes: [ { name: a, host: 10.0.0.1 } ]", "needs target")]
    [InlineData("probes: [ { name: a, target: core, host: 10.0.0.1, key_file: none.key } ]", "none.key can't be read")]
    [InlineData("reflector: { listen: somewhere }", "reflector.listen is an address and a port")]
    [InlineData("reflector: { listen: '127.0.0.1:0', stateless: maybe }", "stateless is true or false")]
    public void SiteFile_WrongEntry_IsOneSentence(string entry, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<BadArgumentException>(() => Site("network:\n  " + entry)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Reflector_PortThatIsTaken_IsOneSentence()
    {
        using var reflector = new StampReflector(new IPEndPoint(IPAddress.Loopback, 0), null, isStateless: false, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<EnvironmentFaultException>(() =>
            RunningAgent.StartAsync(options => options with { Reflector = new ReflectorOptions(reflector.LocalEndPoint, null, false) }));

        Assert.Contains("network.reflector.listen", fault.Message, StringComparison.Ordinal);
    }

    private SiteOptions Site(string yaml)
    {
        var file = Path.Combine(_folder, "site.yaml");
        File.WriteAllText(file, yaml);
        return SiteFile.Read(file);
    }
}

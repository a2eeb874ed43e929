using System.CommandLine;
using System.Text.Json;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Tests.Verbs;

/// <summary><c>inspect</c> of a packet capture: the keys of the contract, and one sentence for what is none.</summary>
public sealed class InspectVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-inspect-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Inspect_PacketCapture_WritesTheKeysOfTheContract()
    {
        // pcap of raw IPv4; one segment to port 1883 that holds PINGREQ.
        var capture = Write("one.pcap", Convert.FromHexString(
            "D4C3B2A1" + "02000400" + "00000000" + "00000000" + "00000400" + "65000000"
            + "00F15365" + "01000000" + "2A000000" + "2A000000"
            + "4500002A00004000" + "40060000" + "0A000001" + "0A000002" + "C350075B" + "00000001" + "00000001" + "50100000" + "00000000" + "C000"));
        var report = Path.Combine(_folder, "report.json");

        Assert.Equal(0, await InspectAsync(capture, "--json", report));

        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        var root = json.RootElement;
        Assert.Equal("pcap", root.GetProperty("format").GetString());
        Assert.Equal("2023-11-14T22:13:20.000001Z", root.GetProperty("first").GetString());
        Assert.Equal("2023-11-14T22:13:20.000001Z", root.GetProperty("last").GetString());
        Assert.Equal(1, root.GetProperty("frames").GetInt32());
        Assert.Equal(
            """{"connections":1,"versions":{},"types":{"PINGREQ":1},"publish_qos":{},"malformed":0,"lost_segments":0}""",
            JsonSerializer.Serialize(root.GetProperty("mqtt")));
    }

    [Fact]
    public async Task Inspect_WhatIsNoCapture_ExitsWith2()
    {
        Assert.Equal(2, await InspectAsync(Write("text.pcap", "no capture"u8.ToArray())));
        Assert.Equal(2, await InspectAsync(Path.Combine(_folder, "absent.pcap")));
        Assert.Equal(2, await InspectAsync(Write("empty.pcap", []), "--records", "-"));
    }

    private static Task<int> InspectAsync(params string[] args) =>
        CommandLine.RunAsync(new RootCommand { InspectVerb.Create() }, ["inspect", .. args], TextWriter.Null);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}

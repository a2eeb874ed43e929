using System.CommandLine;
using System.Text.Json;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Tests.Verbs;

/// <summary><c>inspect</c> of a packet capture and of a WFDB record: the keys of the contract, and one sentence for what is none.</summary>
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

    [Theory]
    [InlineData("r.hea")]
    [InlineData("r")]
    [InlineData("r.dat")]
    public async Task Inspect_WfdbRecord_WritesTheKeysOfTheContract(string name)
    {
        Write("r.hea", "r 2 100 3 08:00:00 01/03/2026\nr.dat 16 200(10)/mV 16 0 1 7 0 II\nr.dat 16 2/mmHg 16 0 5 18 0 ART"u8.ToArray());
        Write("r.dat", Convert.FromHexString("0100" + "0500" + "0080" + "0600" + "0600" + "0700"));
        Write("r.atr", Convert.FromHexString("0104" + "0104" + "0000"));
        var report = Path.Combine(_folder, "report.json");

        Assert.Equal(0, await InspectAsync(Path.Combine(_folder, name), "--json", report));

        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        var root = json.RootElement;
        Assert.Equal("wfdb", root.GetProperty("format").GetString());
        Assert.Equal("2026-03-01T08:00:00.000000Z", root.GetProperty("first").GetString());
        Assert.Equal("2026-03-01T08:00:00.020000Z", root.GetProperty("last").GetString());
        Assert.Equal("""{"atr":2}""", JsonSerializer.Serialize(root.GetProperty("annotations")));
        Assert.Equal(
            """[{"name":"II","unit":"mV","samples_per_s":100,"gain":200,"baseline":10,"samples":3,"missing":1,"first_values":[1,-32768,6],"checksum":-32761,"stated_checksum":7},"""
            + """{"name":"ART","unit":"mmHg","samples_per_s":100,"gain":2,"baseline":0,"samples":3,"missing":0,"first_values":[5,6,7],"checksum":18,"stated_checksum":18}]""",
            JsonSerializer.Serialize(root.GetProperty("signals")));
        Assert.Equal("the values of II add up to -32761, the header says 7", Assert.Single(root.GetProperty("problems").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Inspect_DamagedWfdbRecord_ExitsByWhatIsLeft()
    {
        Write("cut.hea", "cut 1 100 1000\ncut.dat 16"u8.ToArray());
        Write("cut.dat", [1, 0, 2]);
        var absent = Write("absent.hea", "absent 1 100 1000\nabsent.dat 16"u8.ToArray());
        var broken = Write("broken.hea", "broken one 100"u8.ToArray());

        Assert.Equal(0, await InspectAsync(Path.Combine(_folder, "cut")));
        Assert.Equal(1, await InspectAsync(absent, "--json", "-"));
        Assert.Equal(2, await InspectAsync(broken));
        Assert.Equal(2, await InspectAsync(Path.Combine(_folder, "none.hea")));
        Assert.Equal(2, await InspectAsync(absent, "--records", "-"));
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

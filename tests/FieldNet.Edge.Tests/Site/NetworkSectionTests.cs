using FieldNet.Edge.Network;
using FieldNet.Edge.Site;
using FieldNet.Edge.Verbs;
using FieldNet.Slice.Mapping;
using FieldNet.Telemetry.Network;
using FieldNet.Ward;

namespace FieldNet.Edge.Tests.Site;

/// <summary>The section <c>network</c> of a site file, and mapping files.</summary>
public sealed class NetworkSectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fieldnet-site-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_SourcesAndPlan_AreAsWritten()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "upf.yaml"), "kind: upf\nmetrics:\n  - {metric: upf_packets_count, labels: {iface: Access, dir: rx}, to: core.n3_packets_in}\n");

        var site = Read("""
            network:
              sources:
                - name: gnb-a
                  kind: gnb
                  url: ws://10.0.0.2:8001
                  prb_total: 106
                - {name: amf, kind: open5gs_amf, url: "http://127.0.0.5:9090", every_s: 5}
                - {name: sdcore, kind: prometheus, url: "http://10.0.0.9:8080/metrics", mapping: upf.yaml}
              cells:
                - {name: west, nr_cell_id: 0x66C001, pci: 335, source: gnb-a}
              gateways:
                - gateway: icu1/bed-03/gw1
                  serves: [bed-03/mon1, bed-03/vent1]
                  cell: west
                  slice: 1-00000A
                  five_qi: 70
                  supi: imsi-001010000000001
                  ip: 10.45.0.2
                - gateway: icu1/_ward/gw2
                  serves: bed-04/mon1
            """);

        Assert.Equal(
            [("gnb-a", SourceFormat.Gnb, 1.0, 106), ("amf", SourceFormat.Open5gsAmf, 5.0, null), ("sdcore", SourceFormat.Prometheus, 2.0, (int?)null)],
            site.Sources.Select(source => (source.Name, source.Format, source.Every.TotalSeconds, source.PrbTotal)));
        var rule = Assert.Single(site.Sources[2].Mapping!.Rules);
        Assert.Equal((NetworkSourceKind.Upf, "upf_packets_count", "core.n3_packets_in", 1.0, Combination.Sum), (site.Sources[2].Mapping!.Kind, rule.Metric, rule.To, rule.Factor, rule.Combine));
        Assert.Equal([new("iface", "Access"), new("dir", "rx")], rule.Labels);
        Assert.Equal(
            new NetworkPlan
            {
                Cells = [new() { Name = "west", NrCellId = 0x66C001, Pci = 335, Source = "gnb-a" }],
                Gateways =
                [
                    new() { Gateway = "icu1/bed-03/gw1", Serves = ["bed-03/mon1", "bed-03/vent1"], Cell = "west", Slice = "1-00000a", FiveQi = 70, Supi = "imsi-001010000000001", Ip = "10.45.0.2" },
                    new() { Gateway = "icu1/_ward/gw2", Serves = ["bed-04/mon1"] },
                ],
            },
            site.Ward.Network);
    }

    [Fact]
    public void Read_ForAReplay_LooksAtNoSource()
    {
        var path = Write("network:\n  sources:\n    - {name: x, kind: prometheus, url: 'http://127.0.0.1:1', mapping: not-here.yaml}\n  gateways:\n    - gateway: icu1/bed-03/gw1\n");

        var site = SiteFile.Read(path, withSources: false);

        Assert.Empty(site.Sources);
        Assert.Single(site.Ward.Network.Gateways);
    }

    [Theory]
    [InlineData("network:\n  source: []", "line 2: 'network.source' is no key; there are sources, gateways, cells")]
    [InlineData("network:\n  sources:\n    name: amf", "line 3: 'sources' is a list: each entry begins with a dash.")]
    [InlineData("network:\n  sources:\n    - name: amf\n      knd: gnb", "line 4: 'sources.knd' is no key; there are name, kind, url,")]
    [InlineData("network:\n  sources:\n    - kind: gnb\n      url: ws://a:1", "line 3: an entry of 'sources' needs name.")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: mme, url: 'ws://a:1'}", "line 3: sources.kind is one of gnb, gnb_udp, open5gs_amf,")]
    [InlineData("network:\n  sources:\n    - {name: a/b, kind: gnb, url: 'ws://a:1'}", "line 3: a source's name has letters, digits, - and _; 'a/b' has others.")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: gnb, url: 'http://a:1'}", "line 3: sources.url is such as ws://127.0.0.1:8001; 'http://a:1' is none.")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: gnb_udp, url: 'udp://host:55555'}", "sources.url is such as udp://127.0.0.1:55555")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: gnb, url: 'ws://a:1', every_s: 0.1}", "line 3: sources.every_s is a number from 0.5 to 60; '0.1' is none.")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: open5gs_upf, url: 'http://a:1', prb_total: 106}", "line 3: only a gNB has prb_total.")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: gnb, url: 'ws://a:1', prb_total: 51.5}", "line 3: sources.prb_total is a whole number.")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: prometheus, url: 'http://a:1'}", "line 3: a source of kind prometheus needs a mapping.")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: prometheus, url: 'http://a:1', mapping: no.yaml}", "no.yaml can't be read")]
    [InlineData("network:\n  sources:\n    - {name: a, kind: gnb, url: 'ws://a:1'}\n    - {name: a, kind: gnb, url: 'ws://b:1'}", "line 4: sources has 'a' twice.")]
    [InlineData("network:\n  gateways:\n    - {gateway: bed-03/gw1}", "line 3: gateway is ward/bed/device (or ward/_ward/device); 'bed-03/gw1' is none.")]
    [InlineData("network:\n  gateways:\n    - {gateway: icu1/bed-03/gw1, serves: [mon1]}", "line 3: serves is bed/device of each device behind it; 'mon1' is none.")]
    [InlineData("network:\n  gateways:\n    - {gateway: icu1/bed-03/gw1, slice: medical}", "line 3: gateways.slice is SST or SST-SD")]
    [InlineData("network:\n  gateways:\n    - {gateway: icu1/bed-03/gw1, five_qi: 900}", "line 3: gateways.five_qi is a number from 1 to 255; '900' is none.")]
    [InlineData("network:\n  gateways:\n    - {gateway: icu1/bed-03/gw1, ip: here}", "line 3: gateways.ip is an IP address; 'here' is none.")]
    [InlineData("network:\n  cells:\n    - {name: west, pci: 2000}", "line 3: cells.pci is a number from 0 to 1007; '2000' is none.")]
    [InlineData("network:\n  cells:\n    - {name: west, nr_cell_id: west}", "line 3: cells.nr_cell_id is a number of 36 bits")]
    public void Read_WhatMayNotBe_IsSaidInOneSentence(string yaml, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<BadArgumentException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kind: mme", "line 1: kind is one of gnb, amf,")]
    [InlineData("metric: []", "line 1: 'metric' is no key; there are kind, metrics.")]
    [InlineData("metrics: []", "metrics has 1 to 128 entries.")]
    [InlineData("metrics:\n  - {to: core.sessions}", "line 2: an entry of 'metrics' needs metric.")]
    [InlineData("metrics:\n  - {metric: a, to: core.session}", "line 2: 'core.session' is no field; there are core.gnbs,")]
    [InlineData("metrics:\n  - {metric: a, to: cell.prb_dl_share}", "line 2: a field of a cell needs its pci,")]
    [InlineData("metrics:\n  - {metric: a, to: core.sessions, of: slice}", "line 2: a field of the core is one number")]
    [InlineData("metrics:\n  - {metric: a, to: b, pci: 1}", "line 2: only a field of a cell has a pci.")]
    [InlineData("metrics:\n  - {metric: a, to: b, combine: median}", "line 2: combine is sum, min, max or mean; 'median' is none.")]
    public void Read_AMappingThatMayNotBe_IsSaidInOneSentence(string yaml, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<BadArgumentException>(() => MappingFile.Read(Write(yaml))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TheSampleMapping_IsRight()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "FieldNet.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        var mapping = MappingFile.Read(Path.Combine(root, "docs", "mappings", "sd-core-upf.yaml"));

        Assert.Equal((NetworkSourceKind.Upf, true), (mapping.Kind, mapping.Rules.Count > 3));
    }

    private string Write(string yaml)
    {
        var path = Path.Combine(_folder.FullName, "site.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    private SiteOptions Read(string yaml) => SiteFile.Read(Write(yaml));
}

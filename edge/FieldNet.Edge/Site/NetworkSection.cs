using System.Globalization;
using System.Net;
using FieldNet.Edge.Network;
using FieldNet.Ward;
using YamlDotNet.RepresentationModel;

namespace FieldNet.Edge.Site;

/// <summary>The section <c>network</c> of a site file: what is read of the 5G side, and how it was planned.</summary>
internal static partial class NetworkSection
{
    private const int MostSources = 32, MostProbes = 64, MostGateways = 512, MostCells = 64;

    private static readonly string[] SourceKeys = ["name", "kind", "url", "every_s", "mapping", "prb_total"];
    private static readonly string[] GatewayKeys = ["gateway", "serves", "cell", "slice", "five_qi", "supi", "ip"];
    private static readonly string[] CellKeys = ["name", "nr_cell_id", "pci", "source"];

    public static SiteOptions Read(SiteYaml file, YamlNode section, SiteOptions options, bool withSources)
    {
        var (sources, plan) = (options.Sources, options.Ward.Network);
        foreach (var (key, value) in file.Entries("network", section))
        {
            switch (key)
            {
                case "sources" when !withSources:
                    break;
                case "sources":
                    sources = Each(file, value, "sources", SourceKeys, MostSources, Source, source => source.Name);
                    break;
                case "gateways":
                    plan = plan with { Gateways = Each(file, value, "gateways", GatewayKeys, MostGateways, Gateway, gateway => gateway.Gateway) };
                    break;
                case "cells":
                    plan = plan with { Cells = Each(file, value, "cells", CellKeys, MostCells, Cell, cell => cell.Name) };
                    break;
                case "survival_ms":
                    plan = plan with { SurvivalMs = Milliseconds(file, value) };
                    break;
                case "probes" or "reflector" when !withSources:
                    break;
                case "probes":
                    options = options with { Probes = Each(file, value, "probes", ProbeSection.ProbeKeys, MostProbes, ProbeSection.Probe, probe => probe.Name) };
                    break;
                case "reflector":
                    options = options with { Reflector = ProbeSection.Reflector(new YamlSection(file, "reflector", value, ProbeSection.ReflectorKeys)) };
                    break;
                default:
                    throw file.Wrong(value, $"'network.{key}' is no key; there are sources, gateways, cells, survival_ms, probes, reflector");
            }
        }

        return options with { Sources = sources, Ward = options.Ward with { Network = plan } };
    }

    private static double Milliseconds(SiteYaml file, YamlNode value) =>
        value is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 1 and <= 60_000
            ? ms : throw file.Wrong(value, "network.survival_ms is a number from 1 to 60000");

    /// <summary>A list whose entries have names of their own.</summary>
    private static List<T> Each<T>(SiteYaml file, YamlNode node, string of, string[] keys, int most, Func<YamlSection, T> read, Func<T, string> name)
    {
        var all = new List<T>();
        foreach (var section in file.Sections(of, node, keys))
        {
            var entry = read(section);
            if (all.Count == most || all.Exists(other => name(other) == name(entry)))
            {
                throw section.Wrong(all.Count == most ? $"'{of}' has at most {most} entries" : $"{of} has '{name(entry)}' twice");
            }

            all.Add(entry);
        }

        return all;
    }

    private static NetworkSourceOptions Source(YamlSection source)
    {
        var name = source.Required("name");
        var kind = NetworkSourceOptions.KindOf(source.Required("kind")) ?? throw source.WrongAt("kind", $"sources.kind is one of {string.Join(", ", NetworkSourceOptions.Kinds)}");
        var isRadio = kind is SourceFormat.Gnb or SourceFormat.GnbUdp;
        return new NetworkSourceOptions
        {
            Name = SiteNames.IsSegment(name) ? name : throw source.WrongAt("name", $"a source's name has letters, digits, - and _; '{name}' has others"),
            Format = kind,
            Url = Address(source, kind),
            Every = TimeSpan.FromSeconds(source.Number("every_s", 0.5, 60) ?? (isRadio ? 1 : 2)),
            PrbTotal = isRadio ? (int?)source.Whole("prb_total", 1, 275) : source.Text("prb_total") is null ? null : throw source.WrongAt("prb_total", "only a gNB has prb_total"),
            Mapping = (kind == SourceFormat.Prometheus, source.Text("mapping")) switch
            {
                (true, { } file) => MappingFile.Read(source.Beside(file)),
                (false, null) => null,
                (true, null) => throw source.Wrong("a source of kind prometheus needs a mapping"),
                _ => throw source.WrongAt("mapping", "only a source of kind prometheus has a mapping"),
            },
        };
    }

    private static Uri Address(YamlSection source, SourceFormat kind)
    {
        var (scheme, example) = kind switch
        {
            SourceFormat.Gnb => ("ws", "ws://127.0.0.1:8001"),
            SourceFormat.GnbUdp => ("udp", "udp://127.0.0.1:55555"),
            SourceFormat.Prometheus => ("http", "http://127.0.0.1:8080/metrics"),
            _ => ("http", "http://127.0.0.5:9090"),
        };
        var text = source.Required("url");
        var isRight = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == scheme && url.UserInfo.Length == 0 && url.Port > 0
            && (kind != SourceFormat.GnbUdp || IPAddress.TryParse(url.Host.Trim('[', ']'), out _));
        return isRight ? url! : throw source.WrongAt("url", $"sources.url is such as {example}; '{text}' is none");
    }

    private static GatewayPlan Gateway(YamlSection gateway) => new()
    {
        Gateway = Checked(gateway, "gateway", gateway.Required("gateway"), SiteNames.IsGateway, "ward/bed/device (or ward/_ward/device)"),
        Serves = [.. gateway.Words("serves").Select(device => Checked(gateway, "serves", device, SiteNames.IsDevice, "bed/device of each device behind it"))],
        Cell = gateway.Checked("cell", SiteNames.IsSegment, "a name of letters, digits, - and _"),
        Slice = gateway.Checked("slice", SiteNames.IsSlice, "SST or SST-SD, such as 1 or 1-000001")?.ToLowerInvariant(),
        FiveQi = gateway.Whole("five_qi", 1, 255),
        Supi = gateway.Checked("supi", SiteNames.IsSupi, "such as imsi-001010000000001"),
        Ip = gateway.Checked("ip", text => IPAddress.TryParse(text, out _), "an IP address"),
    };

    private static CellPlan Cell(YamlSection cell)
    {
        var identity = cell.Checked("nr_cell_id", text => CellIdentity(text) is not null, "a number of 36 bits, decimal or as 0x…");
        return new CellPlan
        {
            Name = Checked(cell, "name", cell.Required("name"), SiteNames.IsSegment, "a name of letters, digits, - and _"),
            NrCellId = identity is null ? null : CellIdentity(identity),
            Pci = cell.Whole("pci", 0, 1007),
            Source = cell.Text("source"),
        };
    }

    private static ulong? CellIdentity(string text)
    {
        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(isHexadecimal ? text[2..] : text, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var identity)
            && identity is > 0 and < 1UL << 36 ? identity : null;
    }

    private static string Checked(YamlSection section, string key, string text, Func<string, bool> isRight, string what) =>
        isRight(text) ? text : throw section.WrongAt(key, $"{key} is {what}; '{text}' is none");
}

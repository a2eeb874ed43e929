using FieldNet.Edge.Site;
using FieldNet.Edge.Verbs;
using FieldNet.Slice.Mapping;
using FieldNet.Telemetry.Network;

namespace FieldNet.Edge.Network;

/// <summary>Reads a mapping file: which series of a Prometheus page are which numbers of the 5G side (docs/operations.md).</summary>
/// <remarks>Errors: <see cref="BadArgumentException"/>, one sentence with the line.</remarks>
internal static class MappingFile
{
    private const int MostRules = 128;

    private static readonly string[] Keys = ["metric", "labels", "to", "of", "pci", "factor", "combine"];

    public static Mapping Read(string path)
    {
        var file = new SiteYaml(path);
        var kind = NetworkSourceKind.Prometheus;
        List<MappingRule> rules = [];
        foreach (var (key, value) in file.Load() is { } root ? file.Entries("", root) : [])
        {
            switch (key)
            {
                case "kind":
                    kind = value.ToString() switch
                    {
                        "prometheus" => NetworkSourceKind.Prometheus,
                        "gnb" => NetworkSourceKind.Gnb,
                        "amf" => NetworkSourceKind.Amf,
                        "smf" => NetworkSourceKind.Smf,
                        "upf" => NetworkSourceKind.Upf,
                        "pcf" => NetworkSourceKind.Pcf,
                        var other => throw file.Wrong(value, $"kind is one of gnb, amf, smf, upf, pcf, prometheus; '{other}' is none"),
                    };
                    break;
                case "metrics":
                    rules = [.. file.Sections("metrics", value, Keys).Select(Rule)];
                    break;
                default:
                    throw file.Wrong(value, $"'{key}' is no key; there are kind, metrics");
            }
        }

        return rules.Count is > 0 and <= MostRules ? new Mapping(kind, rules) : throw new BadArgumentException($"{path}: metrics has 1 to {MostRules} entries.");
    }

    private static MappingRule Rule(YamlSection rule)
    {
        var to = rule.Required("to");
        var isCell = to.StartsWith("cell.", StringComparison.Ordinal);
        var made = new MappingRule
        {
            Metric = rule.Required("metric"),
            Labels = rule.Pairs("labels"),
            To = MappedFields.IsField(to) || !MappedFields.IsFieldName(to) ? to : throw rule.WrongAt("to", $"'{to}' is no field; there are {string.Join(", ", MappedFields.Names)}, or any other name for a measure"),
            Of = rule.Text("of"),
            Pci = rule.Whole("pci", 0, 1007),
            Factor = rule.Number("factor", -1e12, 1e12) ?? 1,
            Combine = rule.Text("combine") switch
            {
                null or "sum" => Combination.Sum,
                "min" => Combination.Least,
                "max" => Combination.Greatest,
                "mean" => Combination.Mean,
                var other => throw rule.WrongAt("combine", $"combine is sum, min, max or mean; '{other}' is none"),
            },
        };
        return (made.Of, made.Pci) switch
        {
            (null, null) when isCell => throw rule.Wrong("a field of a cell needs its pci, or 'of' with the label that holds it"),
            (_, not null) when !isCell => throw rule.WrongAt("pci", "only a field of a cell has a pci"),
            (not null, _) when !isCell && MappedFields.IsField(to) => throw rule.WrongAt("of", "a field of the core is one number; a measure has 'of'"),
            _ => made,
        };
    }
}

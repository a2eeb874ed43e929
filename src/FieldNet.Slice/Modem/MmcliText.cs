using System.Text.Json;
using FieldNet.Telemetry.Wire;
using Registration = FieldNet.Telemetry.Wire.LinkReport.Types.Registration;

namespace FieldNet.Slice.Modem;

/// <summary>Reads what <c>mmcli</c> prints with <c>-K</c> (lines of <c>key : value</c>) or <c>-J</c> (the same keys as nested JSON).</summary>
/// <remarks>
/// Shape: the answers to <c>-m N</c>, <c>--signal-get</c>, <c>--get-cell-info</c> and <c>--location-get</c> of the modem, to <c>-b</c> of its bearer and <c>-i</c> of its
/// SIM, one behind the other; any may be missing. Cell identities and area codes are hexadecimal, also the physical one. <c>--</c> is absent.
/// Source: ModemManager 1.20.4 (Debian 12).
/// </remarks>
public static class MmcliText
{
    private const string CellInfo = "modem.generic.cell-info.value[";

    /// <returns>Null if nothing of it is there.</returns>
    public static LinkReport? Read(string text)
    {
        var values = Values(text);
        if (!values.Keys.Any(key => key.StartsWith("modem.", StringComparison.Ordinal)))
        {
            return null;
        }

        var report = new LinkReport { Rat = Rat(values), Registration = State(values) };
        var isNr = report.Rat.StartsWith("NR", StringComparison.Ordinal);
        var serving = Serving(values, isNr ? "5gnr" : "lte");
        report.Tac = ModemValues.Area(serving.GetValueOrDefault("tac") ?? values.GetValueOrDefault("modem.location.3gpp.tac")) ?? 0;
        report.NrCellId = isNr ? ModemValues.Cell(serving.GetValueOrDefault("ci") ?? (report.Rat == "NR_SA" ? values.GetValueOrDefault("modem.location.3gpp.cid") : null)) ?? 0 : 0;
        report.Pci = ModemValues.CellId((uint?)ModemValues.Hexadecimal(serving.GetValueOrDefault("physical ci"))) ?? 0;
        report.Arfcn = ModemValues.Decimal(serving.GetValueOrDefault("nrarfcn") ?? serving.GetValueOrDefault("earfcn")) ?? 0;
        var of = isNr ? "modem.signal.5g." : "modem.signal.lte.";
        ModemValues.SetSignal(
            report,
            ModemValues.Rsrp(values.GetValueOrDefault(of + "rsrp")) ?? ModemValues.Rsrp(serving.GetValueOrDefault("rsrp")),
            ModemValues.Rsrq(values.GetValueOrDefault(of + "rsrq")) ?? ModemValues.Rsrq(serving.GetValueOrDefault("rsrq")),
            ModemValues.Sinr(values.GetValueOrDefault(of + "snr")) ?? ModemValues.Sinr(serving.GetValueOrDefault("sinr")));
        report.Ip = values.GetValueOrDefault("bearer.ipv4-config.address") ?? "";
        report.Iccid = values.GetValueOrDefault("sim.properties.iccid") ?? "";
        return report;
    }

    /// <summary>The members of a list: <c>KEY.value[1]</c> and on.</summary>
    public static IReadOnlyList<string> Listed(string text, string key) =>
        [.. Values(text).Where(each => each.Key.StartsWith(key + ".value[", StringComparison.Ordinal)).Select(each => each.Value)];

    /// <returns>Null if it is absent, or <c>--</c>.</returns>
    public static string? Value(string text, string key) => Values(text).GetValueOrDefault(key);

    public static bool IsConnectedBearer(string text) => Value(text, "bearer.status.connected") == "yes";

    /// <summary>What has a value; a later one of the same key replaces the first.</summary>
    private static Dictionary<string, string> Values(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.TrimStart() is ['{', ..])
        {
            Flatten(text, values);
            return values;
        }

        foreach (var line in text.Split('\n'))
        {
            // The value may hold colons of its own (addresses): the first one with spaces around it counts.
            var colon = line.IndexOf(" : ", StringComparison.Ordinal) is var spaced and >= 0 ? spaced + 1 : line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[..colon].Trim() is { Length: > 0 } key && line[(colon + 1)..].Trim() is { } value && IsGiven(value))
            {
                values[key] = value;
            }
        }

        return values;
    }

    private static void Flatten(string json, Dictionary<string, string> into)
    {
        try
        {
            using var read = JsonDocument.Parse(json);
            Flatten("", read.RootElement, into);
        }
        catch (JsonException)
        {
            // Cut off, or several behind each other: nothing of it is known.
        }
    }

    private static void Flatten(string name, JsonElement value, Dictionary<string, string> into)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Flatten(name.Length == 0 ? member.Name : $"{name}.{member.Name}", member.Value, into);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Flatten($"{name}.value[{index + 1}]", item, into);
                }

                break;
            case JsonValueKind.String or JsonValueKind.Number when value.ToString() is { } text && IsGiven(text):
                into[name] = text;
                break;
        }
    }

    private static bool IsGiven(string value) => value is not ("" or "--");

    /// <summary>Both technologies at once: LTE with an NR leg.</summary>
    private static string Rat(IReadOnlyDictionary<string, string> values)
    {
        var technologies = values.Where(each => each.Key.StartsWith("modem.generic.access-technologies.value[", StringComparison.Ordinal)).Select(each => each.Value).ToList();
        var hasNr = technologies.Contains("5gnr") || (technologies.Count == 0 && ModemValues.Rsrp(values.GetValueOrDefault("modem.signal.5g.rsrp")) is not null);
        var hasLte = technologies.Contains("lte") || (technologies.Count == 0 && ModemValues.Rsrp(values.GetValueOrDefault("modem.signal.lte.rsrp")) is not null);
        return (hasNr, hasLte) switch { (true, true) => "NR_NSA", (true, false) => "NR_SA", (false, true) => "LTE", _ => "" };
    }

    private static Registration State(IReadOnlyDictionary<string, string> values) => values.GetValueOrDefault("modem.3gpp.registration-state") switch
    {
        "home" or "roaming" => values.GetValueOrDefault("modem.generic.state") == "connected" ? Registration.Connected : Registration.Registered,
        "searching" or "idle" => Registration.Searching,
        "emergency-only" => Registration.Limited,
        "denied" => Registration.Denied,
        _ => Registration.Unspecified,
    };

    /// <summary>The entry of the cell that serves: <c>cell type: 5gnr, serving: yes, tac: 0000C8, …</c>.</summary>
    private static Dictionary<string, string> Serving(IReadOnlyDictionary<string, string> values, string type)
    {
        foreach (var (key, value) in values)
        {
            if (key.StartsWith(CellInfo, StringComparison.Ordinal))
            {
                var fields = value.Split(", ").Select(field => field.Split(": ", 2)).Where(field => field.Length == 2).DistinctBy(field => field[0]).ToDictionary(field => field[0].Trim(), field => field[1].Trim(), StringComparer.Ordinal);
                if (fields.GetValueOrDefault("serving") == "yes" && fields.GetValueOrDefault("cell type") == type)
                {
                    return fields;
                }
            }
        }

        return [];
    }
}

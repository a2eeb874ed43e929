using FieldNet.Telemetry.Wire;
using Registration = FieldNet.Telemetry.Wire.LinkReport.Types.Registration;

namespace FieldNet.Slice.Modem;

/// <summary>Reads the text of <c>qmicli --nas-get-signal-info</c> and <c>--nas-get-serving-system</c>, one behind the other.</summary>
/// <remarks>With both LTE and 5G there the modem is in dual connectivity, and the signal that counts is the 5G one. Errors: none; lines of another kind are passed over.</remarks>
public static class QmiText
{
    /// <returns>Null if nothing of it is there.</returns>
    public static LinkReport? Read(string text)
    {
        if (!text.Contains("Successfully got signal info", StringComparison.Ordinal) && !text.Contains("Successfully got serving system", StringComparison.Ordinal))
        {
            return null;
        }

        var report = new LinkReport();
        var signals = new Dictionary<string, string>(StringComparer.Ordinal);
        var section = "";
        foreach (var raw in text.Split('\n'))
        {
            var (name, value) = Split(raw);
            if (value.Length == 0)
            {
                section = name;
            }
            else if (section is "LTE" or "5G")
            {
                signals[$"{section} {name}"] = value.Split(' ')[0];
            }
            else if (name == "Registration state")
            {
                report.Registration = State(value);
            }
        }

        var (has5g, hasLte) = (signals.ContainsKey("5G RSRP"), signals.ContainsKey("LTE RSRP"));
        var of = has5g ? "5G" : "LTE";
        report.Rat = (has5g, hasLte) switch { (true, true) => "NR_NSA", (true, false) => "NR_SA", (false, true) => "LTE", _ => "" };
        ModemValues.SetSignal(
            report,
            ModemValues.Rsrp(signals.GetValueOrDefault($"{of} RSRP")),
            ModemValues.Rsrq(signals.GetValueOrDefault($"{of} RSRQ")),
            ModemValues.Sinr(signals.GetValueOrDefault($"{of} SNR")));
        return report;
    }

    /// <summary><c>RSRP: '-74 dBm'</c>; a heading has nothing behind its colon.</summary>
    private static (string Name, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (line[..colon].Trim(), line[(colon + 1)..].Trim().Trim('\''));
    }

    private static Registration State(string word) => word switch
    {
        "registered" => Registration.Registered,
        "not-registered-searching" or "not-registered" => Registration.Searching,
        "registration-denied" => Registration.Denied,
        _ => Registration.Unspecified,
    };
}

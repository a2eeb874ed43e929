using FieldNet.Telemetry.Wire;
using Registration = FieldNet.Telemetry.Wire.LinkReport.Types.Registration;

namespace FieldNet.Slice.Modem;

/// <summary>Reads what a Quectel modem answers to <c>AT+QENG="servingcell"</c>.</summary>
/// <remarks>
/// Shape: one line for NR5G-SA and for LTE; three for NSA, of which the first has only the state. On both NR lines what comes behind the
/// signal differs by firmware and is not read. On the NSA line SINR stands before RSRQ; on the LTE line the area code stands behind the
/// channel and the bandwidths, and its SINR is a code or dB by firmware: unknown. Bandwidths are indices. Errors: none; a line of another kind is passed over.
/// Source: Quectel RG50xQ and RM5xxQ AT commands manual, and a real RM520N.
/// </remarks>
public static class QuectelText
{
    private const string Prefix = "+QENG:";

    /// <summary>Every answer in the text, in its order.</summary>
    public static IReadOnlyList<LinkReport> Read(string text)
    {
        var reports = new List<LinkReport>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var fields = line[Prefix.Length..].Split(',').Select(field => field.Trim().Trim('"')).ToArray();
            if (fields[0] == "servingcell")
            {
                reports.Add(new LinkReport { Registration = State(fields.ElementAtOrDefault(1)) });
                ReadCell(fields.AsSpan(Math.Min(2, fields.Length)), reports[^1]);
            }
            else if (reports.Count > 0)
            {
                ReadCell(fields, reports[^1]);
            }
        }

        return reports;
    }

    private static void ReadCell(ReadOnlySpan<string> fields, LinkReport report)
    {
        switch (fields)
        {
            case ["NR5G-SA", ..]:
                report.Rat = "NR_SA";
                SetCell(report, cell: ModemValues.Cell(At(fields, 4)), pci: At(fields, 5), area: At(fields, 6), channel: At(fields, 7), band: At(fields, 8));
                ModemValues.SetSignal(report, ModemValues.Rsrp(At(fields, 10)), ModemValues.Rsrq(At(fields, 11)), ModemValues.Sinr(At(fields, 12)));
                break;
            case ["LTE", ..]:
                report.Rat = "LTE";
                // Its cell identity is none of NR.
                SetCell(report, cell: null, pci: At(fields, 5), area: At(fields, 10), channel: At(fields, 6), band: At(fields, 7));
                ModemValues.SetSignal(report, ModemValues.Rsrp(At(fields, 11)), ModemValues.Rsrq(At(fields, 12)), sinr: null);
                break;
            case ["NR5G-NSA", ..]:
                // The data go over NR: its signal replaces that of the LTE anchor, whose area code stays.
                report.Rat = "NR_NSA";
                report.ClearRsrpDbm();
                report.ClearRsrqDb();
                SetCell(report, cell: null, pci: At(fields, 3), area: null, channel: At(fields, 7), band: At(fields, 8));
                ModemValues.SetSignal(report, ModemValues.Rsrp(At(fields, 4)), ModemValues.Rsrq(At(fields, 6)), ModemValues.Sinr(At(fields, 5)));
                break;
        }
    }

    private static void SetCell(LinkReport report, ulong? cell, string? pci, string? area, string? channel, string? band)
    {
        report.NrCellId = cell ?? 0;
        report.Pci = ModemValues.CellId(ModemValues.Decimal(pci)) ?? 0;
        report.Tac = ModemValues.Area(area) ?? report.Tac;
        report.Arfcn = ModemValues.Decimal(channel) ?? 0;
        report.Band = ModemValues.Decimal(band) ?? 0;
    }

    private static Registration State(string? word) => word switch
    {
        "SEARCH" => Registration.Searching,
        "LIMSRV" => Registration.Limited,
        "NOCONN" => Registration.Registered,
        "CONNECT" => Registration.Connected,
        _ => Registration.Unspecified,
    };

    private static string? At(ReadOnlySpan<string> fields, int index) => index < fields.Length ? fields[index] : null;
}

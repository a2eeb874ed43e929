using FieldNet.Telemetry.Messages;
using Fields = FieldNet.Telemetry.Wire.LinkReport;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads a gateway's link report.</summary>
internal static class LinkFields
{
    public const int MaxServes = 256;

    public static Refusal Read(ReadOnlySpan<byte> message, LinkReport report, KeptTexts texts)
    {
        report.Reset();
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.StampFieldNumber when wire.TryBytes(out var stamp):
                    wire.Refuse(StampFields.Merge(stamp, ref report.Stamp));
                    break;
                case Fields.ServesFieldNumber when report.Serves.Count == MaxServes:
                    wire.Refuse(Refusal.TooManyItems);
                    break;
                case Fields.ServesFieldNumber when wire.TryText(out var text):
                    report.Serves.Add(texts.Of(text));
                    break;
                case Fields.OnMainsFieldNumber when wire.TryVarint(out var onMains):
                    report.OnMains = onMains != 0;
                    break;
                case Fields.BatteryPercentFieldNumber when wire.TryDouble(out var percent):
                    report.BatteryPercent = Possible.OrNull(percent, 0, 100);
                    break;
                case Fields.RttMsFieldNumber when wire.TryDouble(out var rtt):
                    report.RttMs = Possible.OrNull(rtt, 0);
                    break;
                case Fields.LossRatioFieldNumber when wire.TryDouble(out var loss):
                    report.LossRatio = Possible.OrNull(loss, 0, 1);
                    break;
                default:
                    ReadRadio(ref wire, report, texts);
                    break;
            }
        }

        return wire.Refusal;
    }

    private static void ReadRadio(ref WireReader wire, LinkReport report, KeptTexts texts)
    {
        switch (wire.Field)
        {
            case Fields.RegistrationFieldNumber when wire.TryVarint(out var registration):
                report.Registration = WireEnums.ToRegistration(registration);
                break;
            case Fields.RatFieldNumber when wire.TryText(out var text):
                report.Rat = texts.Of(text);
                break;
            case Fields.BandFieldNumber when wire.TryVarint(out var band):
                report.Band = Given(band);
                break;
            case Fields.ArfcnFieldNumber when wire.TryVarint(out var arfcn):
                report.Arfcn = Given(arfcn);
                break;
            case Fields.PciFieldNumber when wire.TryVarint(out var pci):
                report.Pci = Given(pci);
                break;
            case Fields.NrCellIdFieldNumber when wire.TryVarint(out var cell):
                report.NrCellId = cell == 0 ? null : cell;
                break;
            case Fields.TacFieldNumber when wire.TryVarint(out var tac):
                report.Tac = Given(tac);
                break;
            case Fields.RsrpDbmFieldNumber when wire.TryDouble(out var rsrp):
                report.RsrpDbm = Possible.OrNull(rsrp);
                break;
            case Fields.RsrqDbFieldNumber when wire.TryDouble(out var rsrq):
                report.RsrqDb = Possible.OrNull(rsrq);
                break;
            case Fields.SinrDbFieldNumber when wire.TryDouble(out var sinr):
                report.SinrDb = Possible.OrNull(sinr);
                break;
            default:
                ReadSubscription(ref wire, report, texts);
                break;
        }
    }

    private static void ReadSubscription(ref WireReader wire, LinkReport report, KeptTexts texts)
    {
        switch (wire.Field)
        {
            case Fields.IccidFieldNumber when wire.TryText(out var text):
                report.Iccid = texts.Of(text);
                break;
            case Fields.ImsiHashFieldNumber when wire.TryText(out var text):
                report.ImsiHash = texts.Of(text);
                break;
            case Fields.IpFieldNumber when wire.TryText(out var text):
                report.Ip = texts.Of(text);
                break;
            case Fields.SliceSstFieldNumber when wire.TryVarint(out var sst):
                report.SliceSst = Given(sst);
                break;
            case Fields.SliceSdFieldNumber when wire.TryText(out var text):
                report.SliceSd = texts.Of(text);
                break;
            case Fields.FiveQiFieldNumber when wire.TryVarint(out var fiveQi):
                report.FiveQi = Given(fiveQi);
                break;
        }
    }

    // Proto3 does not send a plain 0, so 0 and absent are one: unknown.
    private static uint? Given(ulong wire) => (uint)wire == 0 ? null : (uint)wire;
}

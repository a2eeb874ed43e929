using System.Text;
using FieldNet.Telemetry.Messages;
using Fields = FieldNet.Telemetry.Wire.DeviceStatus;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads a device's status.</summary>
internal static class StatusFields
{
    public const int MaxSignals = 256;

    public static Refusal Read(ReadOnlySpan<byte> message, DeviceStatus status)
    {
        status.Reset();
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.StampFieldNumber when wire.TryBytes(out var stamp):
                    wire.Refuse(StampFields.Merge(stamp, ref status.Stamp));
                    break;
                case Fields.StateFieldNumber when wire.TryVarint(out var state):
                    status.State = WireEnums.ToState(state);
                    break;
                case Fields.MakerFieldNumber when wire.TryText(out var text):
                    status.Maker = Encoding.UTF8.GetString(text);
                    break;
                case Fields.ModelFieldNumber when wire.TryText(out var text):
                    status.Model = Encoding.UTF8.GetString(text);
                    break;
                case Fields.SerialFieldNumber when wire.TryText(out var text):
                    status.Serial = Encoding.UTF8.GetString(text);
                    break;
                case Fields.UdiFieldNumber when wire.TryText(out var text):
                    status.Udi = Encoding.UTF8.GetString(text);
                    break;
                case Fields.FirmwareFieldNumber when wire.TryText(out var text):
                    status.Firmware = Encoding.UTF8.GetString(text);
                    break;
                case Fields.OnMainsFieldNumber when wire.TryVarint(out var onMains):
                    status.OnMains = onMains != 0;
                    break;
                case Fields.BatteryPercentFieldNumber when wire.TryDouble(out var percent):
                    status.BatteryPercent = Possible.OrNull(percent, 0, 100);
                    break;
                case Fields.SignalsFieldNumber when status.Signals.Count == MaxSignals:
                    wire.Refuse(Refusal.TooManyItems);
                    break;
                case Fields.SignalsFieldNumber when wire.TryText(out var text):
                    status.Signals.Add(Encoding.UTF8.GetString(text));
                    break;
            }
        }

        return wire.Refusal;
    }
}

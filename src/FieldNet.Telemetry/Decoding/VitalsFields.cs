using FieldNet.Telemetry.Messages;
using Fields = FieldNet.Telemetry.Wire.Vitals;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads a vitals message into its reused storage.</summary>
internal static class VitalsFields
{
    public static Refusal Read(ReadOnlySpan<byte> message, Vitals vitals)
    {
        vitals.Stamp = default;
        vitals.Count = 0;
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.StampFieldNumber when wire.TryBytes(out var stamp):
                    wire.Refuse(StampFields.Merge(stamp, ref vitals.Stamp));
                    break;
                case Fields.NumericsFieldNumber when vitals.Count == Vitals.MaxNumerics:
                    wire.Refuse(Refusal.TooManyItems);
                    break;
                case Fields.NumericsFieldNumber when wire.TryBytes(out var numeric):
                    wire.Refuse(NumericFields.Read(numeric, out vitals.Storage[vitals.Count++]));
                    break;
            }
        }

        return wire.Refusal;
    }
}

using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Units;
using Fields = FieldNet.Telemetry.Wire.Numeric;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads one number of a vitals message and decides whether it may be believed.</summary>
/// <remarks>Errors: only broken encoding refuses the message; a bad number is refused by itself and the others count.</remarks>
internal static class NumericFields
{
    public static Refusal Read(ReadOnlySpan<byte> message, out NumericSample sample)
    {
        sample = default;
        ReadOnlySpan<byte> signal = default;
        ReadOnlySpan<byte> unit = default;
        uint code = 0;
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.SignalFieldNumber when wire.TryText(out var text):
                    signal = text;
                    break;
                case Fields.MdcFieldNumber when wire.TryVarint(out var mdc):
                    code = (uint)mdc;
                    break;
                case Fields.ValueFieldNumber when wire.TryDouble(out var value):
                    sample.Value = value;
                    sample.HasValue = true;
                    break;
                case Fields.UnitFieldNumber when wire.TryText(out var text):
                    unit = text;
                    break;
                case Fields.ValidityFieldNumber when wire.TryVarint(out var validity):
                    sample.Validity = WireEnums.ToValidity(validity);
                    break;
                case Fields.IntermittentFieldNumber when wire.TryVarint(out var intermittent):
                    sample.Intermittent = intermittent != 0;
                    break;
                case Fields.MeasuredAtUsFieldNumber when wire.TryVarint(out var time):
                    sample.MeasuredAtUs = StampFields.ToTime(time);
                    break;
            }
        }

        sample.Refusal = SignalTable.Identify(signal, code, out sample.Signal);
        if (sample.Refusal == Refusal.None && sample.HasValue)
        {
            sample.Refusal = Settle(unit, ref sample);
        }

        sample.HasValue &= sample.Refusal == Refusal.None;
        return wire.Refusal;
    }

    private static Refusal Settle(ReadOnlySpan<byte> unit, ref NumericSample sample)
    {
        var signal = sample.Signal;
        var sent = sample.Value;
        if (!UnitTable.TryScale(signal, unit, out var scale))
        {
            return Refusal.UnitUnknown;
        }

        sample.Value = scale.Apply(sent);
        var isPossible = double.IsFinite(sample.Value) && sample.Value >= signal.Lowest && sample.Value <= signal.Highest;

        // Of a private signal nothing is known, so what looks like "no value" is taken for it.
        if (IsSentinel(sent) && (!isPossible || !signal.IsStandard))
        {
            return Refusal.ValueSentinel;
        }

        return isPossible ? Refusal.None : Refusal.ValueOutOfRange;
    }

    /// <summary>What vendors send for "no value" (seen in Mindray's HL7 feeds), also through single precision.</summary>
    private static bool IsSentinel(double value) => value is -999 or -100 || Math.Abs(value + 99.9) < 1e-5;
}

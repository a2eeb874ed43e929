using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Units;
using Fields = FieldNet.Telemetry.Wire.WaveChunk;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads a piece of waveform and brings its gain and offset to the signal's usual unit.</summary>
internal static class WaveFields
{
    private const double LongestUs = 10_000_000;

    // Count × period of a chunk of just 10 s may round above it.
    private const double Rounding = 1 + 1e-9;

    public static Refusal Read(ReadOnlySpan<byte> message, Signal signal, out WaveChunk chunk)
    {
        chunk = default;
        ReadOnlySpan<byte> unit = default;
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.StampFieldNumber when wire.TryBytes(out var stamp):
                    wire.Refuse(StampFields.Merge(stamp, ref chunk.Stamp));
                    break;
                case Fields.SamplePeriodUsFieldNumber when wire.TryDouble(out var period):
                    chunk.SamplePeriodUs = period;
                    break;
                case Fields.GainFieldNumber when wire.TryDouble(out var gain):
                    chunk.Gain = gain;
                    break;
                case Fields.OffsetFieldNumber when wire.TryDouble(out var offset):
                    chunk.Offset = offset;
                    break;
                case Fields.UnitFieldNumber when wire.TryText(out var text):
                    unit = text;
                    break;
                case Fields.SamplesFieldNumber when wire.TryBytes(out var samples):
                    chunk.Samples = samples;
                    break;
                case Fields.ValidityFieldNumber when wire.TryVarint(out var validity):
                    chunk.Validity = WireEnums.ToValidity(validity);
                    break;
            }
        }

        return wire.Refusal == Refusal.None ? Settle(signal, unit, ref chunk) : wire.Refusal;
    }

    private static Refusal Settle(Signal signal, ReadOnlySpan<byte> unit, ref WaveChunk chunk)
    {
        if (!(chunk.SamplePeriodUs > 0 && chunk.SamplePeriodUs <= LongestUs))
        {
            return Refusal.SamplePeriodInvalid;
        }

        if (chunk.Samples.IsEmpty || chunk.Samples.Length % 2 != 0 || chunk.Count * chunk.SamplePeriodUs > LongestUs * Rounding)
        {
            return Refusal.SamplesInvalid;
        }

        if (!UnitTable.TryScale(signal, unit, out var scale))
        {
            return Refusal.UnitUnknown;
        }

        chunk.Gain *= scale.Scale;
        chunk.Offset = scale.Apply(chunk.Offset);

        // No sample may become infinite either.
        var largest = (Math.Abs(chunk.Gain) * -(double)short.MinValue) + Math.Abs(chunk.Offset);
        return chunk.Gain != 0 && double.IsFinite(largest) ? Refusal.None : Refusal.GainInvalid;
    }
}

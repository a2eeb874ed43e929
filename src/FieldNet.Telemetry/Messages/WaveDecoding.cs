using FieldNet.Telemetry.Records;

namespace FieldNet.Telemetry.Messages;

/// <summary>Decodes the waveform of a record once for all the views that it is applied to, one after the other.</summary>
/// <remarks>
/// Threading: one thread. Lifetime: a chunk's samples alias the record's payload, or the decoder's buffer for JSON.
/// Allocation: none for protobuf.
/// </remarks>
public sealed class WaveDecoding
{
    private readonly TelemetryDecoder _decoder = new();
    private (long Number, int Length) _record;
    private Refusal _refusal;
    private Stamp _stamp;
    private Validity _validity;
    private (double SamplePeriodUs, double Gain, double Offset) _scale;
    private (int Start, int Length) _samples;

    /// <param name="record">On a waveform's topic.</param>
    /// <param name="chunk">Undefined when refused.</param>
    public Refusal Read(in LogRecord record, out WaveChunk chunk)
    {
        if (_record != (record.Number, record.Payload.Length))
        {
            return Decode(record, out chunk);
        }

        chunk = new WaveChunk
        {
            Stamp = _stamp,
            SamplePeriodUs = _scale.SamplePeriodUs,
            Gain = _scale.Gain,
            Offset = _scale.Offset,
            Samples = record.Payload.Slice(_samples.Start, _samples.Length),
            Validity = _validity,
        };
        return _refusal;
    }

    private Refusal Decode(in LogRecord record, out WaveChunk chunk)
    {
        _refusal = _decoder.ReadWave(record.Payload, TelemetryDecoder.FormatOf(record.Properties), record.Topic.Signal!, out chunk);

        // What lies in the decoder's own buffer (JSON) is not there for the next view.
        var remembered = record.Payload.Overlaps(chunk.Samples, out var start) || chunk.Samples.IsEmpty;
        _record = remembered ? (record.Number, record.Payload.Length) : default;
        (_stamp, _validity, _scale) = (chunk.Stamp, chunk.Validity, (chunk.SamplePeriodUs, chunk.Gain, chunk.Offset));
        _samples = (start, chunk.Samples.Length);
        return _refusal;
    }
}

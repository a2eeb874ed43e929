namespace FieldNet.Telemetry.Messages;

/// <summary>A piece of waveform, decoded in place.</summary>
/// <remarks>Lifetime: <see cref="Samples"/> aliases the payload, or the decoder's buffer for JSON, until the next decode.</remarks>
public ref struct WaveChunk
{
    public Stamp Stamp;

    /// <summary>Microseconds from one sample to the next, &gt; 0.</summary>
    public double SamplePeriodUs;

    /// <summary>physical = gain × sample + offset.</summary>
    public double Gain;

    public double Offset;

    /// <summary>Little-endian int16; -32768 is a missing sample. Always an even number of bytes.</summary>
    public ReadOnlySpan<byte> Samples;

    public Validity Validity;

    public readonly int Count => Samples.Length / 2;
}

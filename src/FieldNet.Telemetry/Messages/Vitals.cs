namespace FieldNet.Telemetry.Messages;

/// <summary>A vitals message, decoded into storage that is reused from one message to the next.</summary>
public sealed class Vitals
{
    /// <summary>Most numbers that one message may carry; more is <see cref="Refusal.TooManyItems"/>.</summary>
    public const int MaxNumerics = 256;

    private readonly NumericSample[] _numerics = new NumericSample[MaxNumerics];

    public Stamp Stamp;

    public int Count { get; internal set; }

    public ReadOnlySpan<NumericSample> Numerics => _numerics.AsSpan(0, Count);

    internal Span<NumericSample> Storage => _numerics;
}

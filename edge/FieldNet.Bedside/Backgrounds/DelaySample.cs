namespace FieldNet.Bedside.Backgrounds;

/// <summary>One round trip of a recording; NaN is unknown.</summary>
internal readonly record struct DelaySample(long AtUs, double RttMs)
{
    public double RsrpDbm { get; init; } = double.NaN;

    public double SinrDb { get; init; } = double.NaN;
}

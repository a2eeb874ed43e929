namespace FieldNet.Detection.Links;

/// <summary>Finds sustained loss: a binomial CUSUM on whether each message came.</summary>
/// <remarks>
/// Method: the log-likelihood ratio of losing 5 % against 0.1 %, summed and kept at or above 0; a finding at <see cref="On"/>, over when the sum has run
/// down again. Source: Reynolds and Stoumbos, "A CUSUM chart for monitoring a proportion" (1999); docs/detectors/loss.md.
/// Shape: plain and serialisable. Knows nothing of a stream without numbers.
/// </remarks>
public struct LossRun
{
    /// <summary>ln(0.05 / 0.001) and ln(0.95 / 0.999).</summary>
    private const double PerLost = 3.912, PerArrived = -0.0503;

    /// <summary>Three losses close together, or a steady 2 % over half a minute.</summary>
    public const double On = 9.5;

    private const double Most = 16;

    public double Sum;
    public bool IsOn;

    /// <param name="lost">Messages found missing before this one: a run of them counts once, for it may be one short pause.</param>
    public void Observe(long lost)
    {
        Sum = Math.Clamp(Sum + (Math.Min(lost, 1) * PerLost) + PerArrived, 0, Most);
        IsOn |= Sum >= On;
    }

    /// <summary>Nothing was lost for long enough.</summary>
    public void Clear() => (Sum, IsOn) = (0, false);

    /// <summary>One that was missing came after all.</summary>
    public void Return(long came) => Sum = Math.Max(0, Sum - (Math.Min(came, 1) * PerLost));
}

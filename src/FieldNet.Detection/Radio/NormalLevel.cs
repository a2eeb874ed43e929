namespace FieldNet.Detection.Radio;

/// <summary>Learns where a level usually lies and how far it usually strays.</summary>
/// <remarks>
/// Shape: plain and serialisable. Mean and mean absolute deviation, exponentially weighted over about <see cref="Memory"/> observations, equal weights before;
/// one observation counts for at most three deviations, so that a fault's first seconds teach little. The caller does not teach it what it calls a fault.
/// </remarks>
public struct NormalLevel
{
    /// <summary>Before this many observations nothing is called abnormal.</summary>
    public const int Enough = 20;

    private const int Memory = 600;

    public long Count;
    public double Mean;
    public double Deviation;

    public readonly bool IsKnown => Count >= Enough;

    public void Learn(double value)
    {
        var weight = 1.0 / Math.Min(++Count, Memory);
        var away = Count == 1 ? value : value - Mean;
        var bound = IsKnown ? 3 * Math.Max(Deviation, 0.5) : double.MaxValue;
        Mean += weight * Math.Clamp(away, -bound, bound);
        Deviation += weight * (Math.Min(Math.Abs(value - Mean), bound) - Deviation);
    }

    /// <summary>How far below its usual level a value lies, in units of the value; null while that is not known.</summary>
    public readonly double? Below(double value) => IsKnown ? Mean - value : null;
}

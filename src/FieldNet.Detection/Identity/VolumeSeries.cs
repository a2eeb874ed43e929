namespace FieldNet.Detection.Identity;

/// <summary>Traffic of the last minute, a value a report period: what tells two senders on one cell apart.</summary>
/// <remarks>Shape: a ring of <see cref="Length"/> values, plain and serialisable. Units: any, the same for both series compared.</remarks>
public sealed class VolumeSeries
{
    public const int Length = 64;

    /// <summary>Fewer than these say nothing.</summary>
    public const int Enough = 16;

    public float[] Values { get; set; } = [];

    /// <summary>How many were ever added.</summary>
    public long Count { get; set; }

    public double Mean => Values.Length == 0 || Count == 0 ? 0 : Values.Take(Kept).Average();

    private int Kept => (int)Math.Min(Count, Length);

    public void Add(double value)
    {
        Values = Values.Length == 0 ? new float[Length] : Values;
        Values[(int)(Count++ % Length)] = (float)value;
    }

    public void Clear() => Count = 0;

    /// <summary>Pearson's correlation of the newest values of both, the better of no lag and one period either way, since two reporters' periods do not begin together.</summary>
    /// <returns>Null when there is too little of one, or one does not vary: nothing can be said then.</returns>
    public static double? Correlation(VolumeSeries a, VolumeSeries b)
    {
        var common = Math.Min(a.Kept, b.Kept) - 1;
        return common < Enough ? null : Max(Correlation(a, b, 0, 0, common), Max(Correlation(a, b, 1, 0, common), Correlation(a, b, 0, 1, common)));
    }

    private static double? Max(double? a, double? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    private static double? Correlation(VolumeSeries a, VolumeSeries b, int lagA, int lagB, int common)
    {
        double sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0;
        for (var i = 0; i < common; i++)
        {
            var (x, y) = (a.Back(i + lagA), b.Back(i + lagB));
            (sumA, sumB, squareA, squareB, product) = (sumA + x, sumB + y, squareA + (x * x), squareB + (y * y), product + (x * y));
        }

        var (varianceA, varianceB) = (squareA - (sumA * sumA / common), squareB - (sumB * sumB / common));

        // Below a thousandth of the mean's square it is rounding, not variation.
        return varianceA < 1e-6 * squareA || varianceB < 1e-6 * squareB ? null : (product - (sumA * sumB / common)) / Math.Sqrt(varianceA * varianceB);
    }

    private double Back(int ago) => Values[(int)((Count - 1 - ago) % Length)];
}

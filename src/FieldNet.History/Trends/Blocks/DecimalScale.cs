namespace FieldNet.History.Trends.Blocks;

/// <summary>Finds by which power of ten all values of a list are whole numbers, and back exactly.</summary>
internal static class DecimalScale
{
    /// <summary>Values are no such decimals.</summary>
    public const int None = -1;

    public const int Most = 9;

    /// <summary>Up to here each whole number is a double of its own.</summary>
    private const double Largest = 1L << 53;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <returns>The least power that fits every value bit by bit, or <see cref="None"/>.</returns>
    public static int Of(ReadOnlySpan<double> values)
    {
        var scale = 0;
        foreach (var value in values)
        {
            while (!IsExact(value, scale))
            {
                if (++scale > Most)
                {
                    return None;
                }
            }
        }

        // A greater power fits what a lesser one did, unless the whole number became too large.
        foreach (var value in values)
        {
            if (!IsExact(value, scale))
            {
                return None;
            }
        }

        return scale;
    }

    public static long ToWhole(double value, int scale) => (long)Math.Round(value * Powers[scale]);

    public static double FromWhole(long whole, int scale) => whole / Powers[scale];

    private static bool IsExact(double value, int scale) =>
        Math.Abs(value) * Powers[scale] < Largest
        && BitConverter.DoubleToInt64Bits(FromWhole(ToWhole(value, scale), scale)) == BitConverter.DoubleToInt64Bits(value);
}

namespace FieldNet.Edge.Export;

/// <summary>A frame in which waveforms of several rates all have whole numbers of samples, as a WFDB record wants it.</summary>
/// <param name="PeriodUs">Length of a frame.</param>
/// <param name="SamplesPerFrame">For each of the sample periods asked about; 0 for one that does not fit with the others.</param>
internal sealed record FrameRate(double PeriodUs, int[] SamplesPerFrame)
{
    private const int MostParts = 64;
    private const int MostSamplesPerFrame = 4096;

    /// <summary>Over a day this comes to 9 ms.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>Fits as many as go together with the first.</summary>
    public static FrameRate Of(IReadOnlyList<double> periodsUs)
    {
        // A frame is `multiple` of the first's samples long; period i is a/b of the first's, so a divides the multiple.
        long multiple = 1;
        var ratios = new (long A, long B)[periodsUs.Count];
        for (var i = 0; i < ratios.Length; i++)
        {
            ratios[i] = Ratio(periodsUs[i] / periodsUs[0]);
            if (ratios[i].A == 0)
            {
                continue;
            }

            var common = multiple / Divisor(multiple, ratios[i].A) * ratios[i].A;
            var most = ratios[..(i + 1)].Where(r => r.A > 0).Max(r => common / r.A * r.B);
            (multiple, ratios[i]) = most <= MostSamplesPerFrame ? (common, ratios[i]) : (multiple, default);
        }

        return new(periodsUs[0] * multiple, [.. ratios.Select(r => r.A == 0 ? 0 : (int)(multiple / r.A * r.B))]);
    }

    /// <summary>The simplest fraction that is near enough; (0, 0) if none of small numbers is.</summary>
    private static (long A, long B) Ratio(double value)
    {
        for (long b = 1; b <= MostParts; b++)
        {
            var a = Math.Round(value * b);
            if (a is >= 1 and <= MostParts * MostParts && Math.Abs((value * b) - a) <= a * Tolerance)
            {
                return ((long)a, b);
            }
        }

        return default;
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}

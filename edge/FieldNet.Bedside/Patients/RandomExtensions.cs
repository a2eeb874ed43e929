namespace FieldNet.Bedside.Patients;

/// <summary>Draws from other distributions than the uniform one.</summary>
internal static class RandomExtensions
{
    /// <summary>A generator of its own for each purpose, so that a change in one leaves the others alone.</summary>
    public static Random Fork(int seed, int bed, int purpose)
    {
        // SplitMix64: neighbouring seeds and beds give unrelated generators.
        ulong x = (ulong)(uint)seed << 32 ^ (ulong)(uint)bed << 8 ^ (uint)purpose;
        x += 0x9E3779B97F4A7C15;
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return new Random((int)(x ^ x >> 31));
    }

    public static double Between(this Random random, double low, double high) => low + (high - low) * random.NextDouble();

    /// <summary>Mean 0, standard deviation 1 (Box and Muller).</summary>
    public static double Gaussian(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Cheap noise of standard deviation 1, triangular: two uniform draws.</summary>
    public static double Noise(this Random random) => (random.NextDouble() + random.NextDouble() - 1) * 2.449489742783178;

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>Time to the next event of a Poisson process.</summary>
    public static double Exponential(this Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());
}

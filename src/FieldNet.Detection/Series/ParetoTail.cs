namespace FieldNet.Detection.Series;

/// <summary>How what lies above a high threshold is distributed: the generalised Pareto distribution.</summary>
/// <remarks>
/// Shape: <c>P(X > x) = (1 + Shape·x/Scale)^(-1/Shape)</c>, the exponential distribution at 0. Units: <c>Scale</c> in the value's.
/// Source: Pickands 1975; Hosking and Wallis 1987, Technometrics 29(3), for the fit by probability-weighted moments: closed form, and
/// steadier than the likelihood below a few hundred values.
/// </remarks>
public readonly record struct ParetoTail(double Scale, double Shape)
{
    private const double LeastShape = -0.3;
    private const double MostShape = 0.5;
    private const double UsualShape = 0.05;
    private const double UsualWeight = 64;
    private const double NearlyExponential = 1e-6;

    /// <param name="sorted">Excesses over the threshold, ascending.</param>
    public static ParetoTail Fit(ReadOnlySpan<double> sorted)
    {
        var (mean, weighted) = (0.0, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            mean += sorted[i];
            weighted += sorted[i] * (1 - ((i + 0.65) / sorted.Length));
        }

        (mean, weighted) = (mean / sorted.Length, weighted / sorted.Length);
        var spread = mean - (2 * weighted);
        var fitted = spread > 0 ? Math.Clamp(2 - (mean / spread), LeastShape, MostShape) : MostShape;

        // A shape from few values is off by about 1/√n, which the extrapolation would blow up: so it leans on what tails usually are.
        var shape = ((sorted.Length * fitted) + (UsualWeight * UsualShape)) / (sorted.Length + UsualWeight);

        // The scale that keeps the mean whatever became of the shape.
        return new ParetoTail(mean * (1 - shape), shape);
    }

    /// <returns>The excess that is passed with this probability.</returns>
    public double At(double probability) => Math.Abs(Shape) < NearlyExponential
        ? -Scale * Math.Log(probability)
        : Scale / Shape * (Math.Pow(probability, -Shape) - 1);

    /// <returns>The probability of a greater excess.</returns>
    public double Beyond(double excess)
    {
        if (Scale <= 0)
        {
            return excess > 0 ? 0 : 1;
        }

        return Math.Abs(Shape) < NearlyExponential
            ? Math.Exp(-excess / Scale)
            : Math.Pow(Math.Max(0, 1 + (Shape * excess / Scale)), -1 / Shape);
    }
}

namespace FieldNet.Bedside.Scoring;

/// <summary>What <c>score</c> reports (docs/protocol.md). A share of nothing is null.</summary>
public sealed record ScoreReport
{
    /// <summary>Label lines, without the optional ones.</summary>
    public required int Labels { get; init; }

    /// <summary>Starts that count for precision.</summary>
    public required int Events { get; init; }

    public required double? Precision { get; init; }

    public required double? Recall { get; init; }

    public required double? RootCauseAccuracy { get; init; }

    public required double? IncidentsPerFault { get; init; }

    /// <summary>From a label's start to the first event that matches it, by <c>what</c>.</summary>
    public required IReadOnlyDictionary<string, Delay> DelayS { get; init; }

    public required double? FalsePerBedDay { get; init; }

    public required double BedDays { get; init; }

    public sealed record Delay(double P50, double P95, double Max)
    {
        internal static Delay Of(IEnumerable<double> seconds)
        {
            double[] sorted = [.. seconds.Order()];
            return new(At(0.5), At(0.95), Math.Round(sorted[^1], 3));

            double At(double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 3);
        }
    }
}

namespace FieldNet.Ward.Views;

/// <summary>A device's flow against the budget of the 5QI that it really uses (TS 23.501, table 5.7.4-1), and its availability (TS 22.104, annex C.3).</summary>
/// <remarks>Null is unknown. Times are one-way, uplink, above the fastest seen where clocks have no common time.</remarks>
public sealed record BudgetView
{
    public uint? FiveQi { get; init; }

    public uint? PlannedFiveQi { get; init; }

    /// <summary>Packet delay budget of the class, milliseconds, to be kept by 98 %.</summary>
    public double? DelayBudgetMs { get; init; }

    public double? DelayP98Ms { get; init; }

    /// <summary>Packet error rate of the class.</summary>
    public double? LossBudget { get; init; }

    public double? LossRatio { get; init; }

    /// <summary>Share of the observed time that the link was up: each message correct and on time.</summary>
    public double? LinkAvailability { get; init; }

    /// <summary>Share of the observed time that the service was up: no fault outlasted the survival time.</summary>
    public double? ServiceAvailability { get; init; }

    /// <summary>Seconds that both are over.</summary>
    public double ObservedS { get; init; }

    /// <summary>Findings in words: <c>uses 5QI 9, planned 70</c>.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}

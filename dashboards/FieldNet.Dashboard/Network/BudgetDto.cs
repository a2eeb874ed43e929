namespace FieldNet.Dashboard.Network;

/// <summary>As <see cref="Ward.Views.BudgetView"/>.</summary>
public sealed record BudgetDto(
    uint? FiveQi, uint? PlannedFiveQi, double? DelayBudgetMs, double? DelayP98Ms, double? LossBudget, double? LossRatio,
    double? LinkAvailability, double? ServiceAvailability, double ObservedS, IReadOnlyList<string> Findings);

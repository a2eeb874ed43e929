namespace FieldNet.Detection.Budgets;

/// <summary>What a standardised class of service promises.</summary>
/// <param name="Resource">How it is served.</param>
/// <param name="Priority">Lower is served first.</param>
/// <param name="DelayBudgetMs">Between the terminal and the user plane function's N6 end, kept by 98 % of packets; not to the application.</param>
/// <param name="LossBudget">Packet error rate that congestion is no part of.</param>
/// <param name="MostBurstBytes">Maximum data burst volume; null where there is none.</param>
public readonly record struct FiveQiRow(uint FiveQi, FiveQiResource Resource, int Priority, double DelayBudgetMs, double LossBudget, int? MostBurstBytes, string Example);

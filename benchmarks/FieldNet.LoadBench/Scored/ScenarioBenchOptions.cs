namespace FieldNet.LoadBench.Scored;

/// <summary>What <c>bench scenarios</c> was asked.</summary>
/// <param name="Only">Number of one scenario to run alone.</param>
/// <param name="Keep">Folder for the events and labels of all.</param>
internal sealed record ScenarioBenchOptions(
    int Seed, int Count, string Backgrounds, double QuietBedDays, string? Json, string? Keep, int? Only, string? Events, string? Labels);

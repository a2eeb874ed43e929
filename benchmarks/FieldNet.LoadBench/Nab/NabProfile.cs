namespace FieldNet.LoadBench.Nab;

/// <summary>What an application makes of a hit, a miss and a false alarm.</summary>
internal sealed record NabProfile(string Name, double HitWeight, double MissWeight, double FalseWeight);

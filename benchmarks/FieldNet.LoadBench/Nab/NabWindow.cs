namespace FieldNet.LoadBench.Nab;

/// <summary>A stretch of a series that is labelled as anomalous.</summary>
/// <remarks>Units: indices of observations, both of them inside.</remarks>
internal readonly record struct NabWindow(int First, int Last)
{
    public int Length => Last - First + 1;
}

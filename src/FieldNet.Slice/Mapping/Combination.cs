namespace FieldNet.Slice.Mapping;

/// <summary>What becomes of several series that one rule matches.</summary>
public enum Combination
{
    Sum,
    Least,
    Greatest,
    Mean,
}

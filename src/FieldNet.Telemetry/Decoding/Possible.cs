namespace FieldNet.Telemetry.Decoding;

/// <summary>Keeps a side value only if it can be: an impossible battery or loss is unknown, and the rest of its message counts.</summary>
internal static class Possible
{
    public static double? OrNull(double value, double lowest = double.MinValue, double highest = double.MaxValue) =>
        value >= lowest && value <= highest ? value : null;
}

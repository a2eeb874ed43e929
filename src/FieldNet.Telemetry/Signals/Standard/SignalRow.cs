namespace FieldNet.Telemetry.Signals.Standard;

/// <summary>Spells a row of the table of standard signals in one line: code, reference id, unit, two labels, bounds, digits.</summary>
internal static class SignalRow
{
    public static Signal Of(
        SignalKind kind, uint code, string id, string unit, string labelEn, string labelFr, double lowest, double highest, int decimals) => new()
        {
            Kind = kind,
            Code = code,
            Id = id,
            Unit = unit,
            LabelEn = labelEn,
            LabelFr = labelFr,
            IsStandard = true,
            Lowest = lowest,
            Highest = highest,
            Decimals = decimals,
        };
}

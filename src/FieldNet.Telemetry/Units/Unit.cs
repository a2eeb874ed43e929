namespace FieldNet.Telemetry.Units;

/// <summary>A unit under all its spellings: base = factor × value + shift. Only temperatures have a shift.</summary>
internal sealed class Unit(UnitDimension dimension, double factor, double shift, params string[] names)
{
    public Unit(UnitDimension dimension, double factor, params string[] names)
        : this(dimension, factor, shift: 0, names)
    {
    }

    public UnitDimension Dimension => dimension;

    public double Factor => factor;

    public double Shift => shift;

    /// <summary>UCUM spellings, and the few others that can mean nothing else.</summary>
    public IReadOnlyList<string> Names => names;
}

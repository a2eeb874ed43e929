using System.Runtime.InteropServices;

namespace FieldNet.Telemetry.Units;

/// <summary>From a sender's unit to a signal's usual one: usual = scale × sent + shift.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitScale(double Scale, double Shift)
{
    public static readonly UnitScale Same = new(1, 0);

    public double Apply(double sent) => (sent * Scale) + Shift;
}

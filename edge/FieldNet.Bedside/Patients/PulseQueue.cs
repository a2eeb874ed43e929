namespace FieldNet.Bedside.Patients;

/// <summary>Pulses on their way from the heart, and those still felt: a ring of the last eight.</summary>
/// <remarks>Loss: none that matters; at 200 beats a minute a pulse leaves the ring after 2.4 s, long after it has died away.</remarks>
internal sealed class PulseQueue
{
    public const int Length = 8;

    private readonly double[] _onset = new double[Length];
    private readonly double[] _strength = new double[Length];
    private int _next;

    public PulseQueue() => Array.Fill(_onset, double.NegativeInfinity);

    public void Add(double onsetSeconds, double strength)
    {
        _onset[_next % Length] = onsetSeconds;
        _strength[_next % Length] = strength;
        _next++;
    }

    /// <returns>Time since the onset (negative while on its way) and strength.</returns>
    public (double Age, double Strength) At(int index, double nowSeconds) => (nowSeconds - _onset[index], _strength[index]);
}

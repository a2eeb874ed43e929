using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Network;

/// <summary>A gateway's signal: as recorded where the recording has it, else one of its own that hardly moves.</summary>
internal sealed class RadioSignal(PlayedDelay? path, Random random)
{
    private readonly double _rsrpDbm = random.Between(-94, -76), _sinrDb = random.Between(12, 22);

    public (double RsrpDbm, double SinrDb) At(long nowUs)
    {
        var (rsrp, sinr) = path?.Radio(nowUs) ?? (double.NaN, double.NaN);
        return (double.IsNaN(rsrp) ? _rsrpDbm + random.Noise() : rsrp, double.IsNaN(sinr) ? _sinrDb + random.Noise() : sinr);
    }
}

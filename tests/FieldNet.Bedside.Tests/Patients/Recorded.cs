using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Tests.Patients;

/// <summary>What a patient's waves held over a while.</summary>
internal sealed class Recorded
{
    private readonly Dictionary<string, List<double>> _samples = [];

    public Recorded(IPatient patient, double seconds, long stepUs = 256_000)
    {
        for (long at = stepUs; at <= seconds * 1e6; at += stepUs)
        {
            patient.Advance(at);
            foreach (var wave in patient.Waves)
            {
                if (!_samples.TryGetValue(wave.Signal, out var samples))
                {
                    _samples.Add(wave.Signal, samples = []);
                }
                Assert.Equal(samples.Count, wave.FirstSample);
                samples.AddRange(wave.Samples.ToArray().Select(wave.ToPhysical));
            }
        }
    }

    public IReadOnlyList<double> this[string signal] => _samples[signal];

    /// <summary>Times of the R peaks of lead II, by a rule of its own: the highest sample about each crossing of 0.5 mV.</summary>
    public List<double> RPeaks()
    {
        var lead = _samples["MDC_ECG_ELEC_POTL_II"];
        List<double> peaks = [];
        for (int i = 1; i < lead.Count - 60; i++)
        {
            if (lead[i] >= 0.5 && lead[i - 1] < 0.5)
            {
                int top = Enumerable.Range(i, 60).MaxBy(k => lead[k]);
                peaks.Add(top / 500.0);
                i = top + 100;
            }
        }
        return peaks;
    }
}

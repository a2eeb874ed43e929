using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Tests.Patients;

public sealed class SyntheticPatientTests
{
    private static readonly PatientProfile Profile = new()
    {
        AgeYears = 40,
        HeartRatePerMinute = 72,
        LowFrequencyVariability = 0.03,
        HighFrequencyVariability = 0.03,
        BreathsPerMinute = 15,
        SystolicMmHg = 120,
        DiastolicMmHg = 68,
        OxygenSaturationPercent = 97,
        TemperatureCelsius = 37,
        EndTidalCo2MmHg = 38,
        AxisDegrees = 55,
        EctopicBeatsPerMinute = 0,
        Ventilated = true,
        Unstable = false,
    };

    [Theory]
    [InlineData(52)]
    [InlineData(72)]
    [InlineData(104)]
    [InlineData(130)]
    public void Ecg_DetectedRate_IsTheRateAsked(double rate)
    {
        var peaks = new Recorded(Calm(Profile with { HeartRatePerMinute = rate }), 300).RPeaks();

        double detected = 60 * (peaks.Count - 1) / (peaks[^1] - peaks[0]);

        Assert.InRange(detected, 0.98 * rate, 1.02 * rate);
    }

    [Fact]
    public void Ecg_RPeaks_HaveAnAdultsSize()
    {
        var recorded = new Recorded(Calm(Profile), 60);
        var lead = recorded["MDC_ECG_ELEC_POTL_II"];

        var sizes = recorded.RPeaks().Select(t => lead[(int)Math.Round(t * 500)]).ToArray();

        Assert.InRange(sizes.Min(), 0.7, 2.2);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 0.25);
        Assert.InRange(recorded["MDC_ECG_ELEC_POTL_V1"].Min(), -2, -0.4);
    }

    [Fact]
    public void HeartRateVariability_Spectrum_HasTheTwoPeaks()
    {
        var peaks = new Recorded(Calm(Profile), 900).RPeaks();

        double slow = Power(peaks, 0.08, 0.12), between = Power(peaks, 0.15, 0.19), respiratory = Power(peaks, 0.22, 0.28), above = Power(peaks, 0.34, 0.4);

        Assert.True(slow > 8 * between, $"0.1 Hz: {slow:E2}, between: {between:E2}");
        Assert.True(respiratory > 5 * between, $"0.25 Hz: {respiratory:E2}, between: {between:E2}");
        Assert.True(respiratory > 5 * above, $"0.25 Hz: {respiratory:E2}, above: {above:E2}");
    }

    [Fact]
    public void Pleth_Pulse_FollowsTheRPeakAndThePressure()
    {
        var recorded = new Recorded(Calm(Profile), 60);

        var lags = recorded.RPeaks().Where(t => t is > 5 and < 58)
            .Select(t => (Pleth: Rise(recorded["MDC_PULS_OXIM_PLETH"], t), Pressure: Rise(recorded["MDC_PRESS_BLD_ART_ABP"], t))).ToArray();

        Assert.InRange(lags.Average(l => l.Pleth), 0.24, 0.32);
        Assert.InRange(lags.Average(l => l.Pressure), 0.18, 0.25);
        Assert.All(lags, l => Assert.True(l.Pressure < l.Pleth));
    }

    [Theory]
    [InlineData(62, 102, 52)]
    [InlineData(80, 120, 68)]
    [InlineData(104, 148, 88)]
    public void ArterialPressure_AtRest_SwingsBetweenTheProfilesPressures(double rate, double systolic, double diastolic)
    {
        var profile = Profile with { HeartRatePerMinute = rate, SystolicMmHg = systolic, DiastolicMmHg = diastolic };

        var pressure = new Recorded(Calm(profile), 60)["MDC_PRESS_BLD_ART_ABP"].Skip(125 * 10).ToArray();

        var beats = pressure.Chunk(125).Select(second => (High: second.Max(), Low: second.Min())).ToArray();
        Assert.InRange(beats.Average(b => b.High), systolic - 5, systolic + 5);
        Assert.InRange(beats.Average(b => b.Low), diastolic - 5, diastolic + 5);
        // The mean of an arterial curve lies at a third of the pulse pressure, or a little above.
        Assert.InRange((pressure.Average() - diastolic) / (systolic - diastolic), 0.28, 0.5);
    }

    [Fact]
    public void ArterialPressure_InAsystole_FallsToTheStandingPressure()
    {
        var patient = Struck(Profile, EpisodeKind.Asystole, 10, 40);

        var pressure = new Recorded(patient, 39)["MDC_PRESS_BLD_ART_ABP"];

        Assert.InRange(pressure[^1], 10, 25);
    }

    [Fact]
    public void LeadsOff_EcgSamples_AreMissing()
    {
        var patient = Struck(Profile, EpisodeKind.LeadsOff, 10, 20);

        var lead = new Recorded(patient, 30)["MDC_ECG_ELEC_POTL_II"];

        Assert.All(lead.Skip(11 * 500).Take(8 * 500), v => Assert.True(double.IsNaN(v)));
        Assert.All(lead.Skip(21 * 500), v => Assert.False(double.IsNaN(v)));
    }

    [Fact]
    public void Advance_SameSeed_GivesTheSameBytes()
    {
        string first = Digest(seed: 7), again = Digest(seed: 7), other = Digest(seed: 8);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Waves_Rates_AreTheBedsides()
    {
        var patient = Calm(Profile);

        patient.Advance(256_000);

        Assert.Equal([128, 128, 128, 32, 32, 16, 16], patient.Waves.Select(w => w.Samples.Length));
    }

    internal static SyntheticPatient Calm(PatientProfile profile) => new(profile, 1, 0, () => new(default, long.MaxValue - 1, long.MaxValue));

    internal static SyntheticPatient Struck(PatientProfile profile, EpisodeKind kind, double fromSeconds, double toSeconds, int bed = 0)
    {
        Queue<Episode> episodes = new([new(kind, (long)(fromSeconds * 1e6), (long)(toSeconds * 1e6))]);
        return new(profile, 1, bed, () => episodes.TryDequeue(out var episode) ? episode : new(default, long.MaxValue - 1, long.MaxValue));
    }

    /// <summary>Power of the RR series in a band, by a direct Fourier sum at its own uneven times.</summary>
    private static double Power(List<double> peaks, double fromHz, double toHz)
    {
        var intervals = peaks.Zip(peaks.Skip(1), (a, b) => (At: b, Length: b - a)).ToArray();
        double mean = intervals.Average(i => i.Length);
        List<double> powers = [];
        for (double hz = fromHz; hz <= toHz; hz += 0.001)
        {
            double real = intervals.Sum(i => (i.Length - mean) * Math.Cos(2 * Math.PI * hz * i.At));
            double imaginary = intervals.Sum(i => (i.Length - mean) * Math.Sin(2 * Math.PI * hz * i.At));
            powers.Add((real * real + imaginary * imaginary) / intervals.Length);
        }
        return powers.Average();
    }

    /// <summary>Seconds from the R peak until the next pulse has risen by a fifth.</summary>
    private static double Rise(IReadOnlyList<double> wave, double rPeak)
    {
        int from = (int)(rPeak * 125);
        int foot = Enumerable.Range(from, 40).MinBy(i => wave[i]);
        double fifth = wave[foot] + 0.2 * (wave.Skip(foot).Take(40).Max() - wave[foot]);
        return Enumerable.Range(foot, 40).First(i => wave[i] >= fifth) / 125.0 - rPeak;
    }

    private static string Digest(int seed)
    {
        var patient = new SyntheticPatient(seed, 3, unstable: true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long at = 256_000; at < 60_000_000; at += 256_000)
        {
            patient.Advance(at);
            foreach (var wave in patient.Waves)
            {
                hash.AppendData(MemoryMarshal.AsBytes(wave.Samples));
            }
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

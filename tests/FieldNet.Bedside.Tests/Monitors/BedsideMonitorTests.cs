using FieldNet.Bedside.Monitors;
using FieldNet.Bedside.Patients;
using FieldNet.Bedside.Tests.Patients;

namespace FieldNet.Bedside.Tests.Monitors;

public sealed class BedsideMonitorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_CalmPatient_AgreesWithTheWaves(int bed)
    {
        var profile = PatientProfile.Draw(RandomExtensions.Fork(11, bed, 1)) with { EctopicBeatsPerMinute = 0, Ventilated = true };
        var monitor = BedsideMonitor.Attach(SyntheticPatientTests.Calm(profile));
        Run(monitor, 60);
        var recorded = new Recorded(SyntheticPatientTests.Calm(profile), monitor.NowUs / 1e6);

        var shown = Show(monitor);

        double end = monitor.NowUs / 1e6;
        var peaks = recorded.RPeaks().Where(t => t > end - 8).ToList();
        double rate = 60 * (peaks.Count - 1) / (peaks[^1] - peaks[0]);
        var pressure = recorded["MDC_PRESS_BLD_ART_ABP"].TakeLast(4 * 125).ToArray();
        Assert.InRange(shown["MDC_ECG_HEART_RATE"]!.Value, rate - 4, rate + 4);
        Assert.InRange(shown["MDC_PULS_OXIM_PULS_RATE"]!.Value, rate - 4, rate + 4);
        Assert.InRange(shown["MDC_TTHOR_RESP_RATE"]!.Value, profile.BreathsPerMinute * 0.85, profile.BreathsPerMinute * 1.15);
        Assert.InRange(shown["MDC_CO2_RESP_RATE"]!.Value, profile.BreathsPerMinute * 0.85, profile.BreathsPerMinute * 1.15);
        Assert.InRange(shown["MDC_PRESS_BLD_ART_ABP_SYS"]!.Value, pressure.Max() - 8, pressure.Max() + 1);
        Assert.InRange(shown["MDC_PRESS_BLD_ART_ABP_DIA"]!.Value, pressure.Min() - 1, pressure.Min() + 8);
        Assert.InRange(shown["MDC_PRESS_BLD_ART_ABP_MEAN"]!.Value, pressure.Average() - 4, pressure.Average() + 4);
        Assert.InRange(shown["MDC_AWAY_CO2_ET"]!.Value, profile.EndTidalCo2MmHg - 3, profile.EndTidalCo2MmHg + 3);
        Assert.InRange(shown["MDC_PULS_OXIM_SAT_O2"]!.Value, profile.OxygenSaturationPercent - 2, profile.OxygenSaturationPercent + 2);
    }

    [Fact]
    public void Judge_CalmPatients_HaveNoAlarmInFiveMinutes()
    {
        for (int bed = 0; bed < 20; bed++)
        {
            var profile = PatientProfile.Draw(RandomExtensions.Fork(21, bed, 1));
            var monitor = BedsideMonitor.Attach(SyntheticPatientTests.Calm(profile));

            var seen = Run(monitor, 300);

            Assert.True(seen.Count == 0, $"bed {bed}: {string.Join(", ", seen)}");
        }
    }

    [Theory]
    [InlineData(nameof(EpisodeKind.Asystole), "asystole", 8)]
    [InlineData(nameof(EpisodeKind.VentricularFibrillation), "vf", 8)]
    [InlineData(nameof(EpisodeKind.VentricularTachycardia), "vt", 6)]
    [InlineData(nameof(EpisodeKind.VentricularRun), "pvc-run", 3)]
    [InlineData(nameof(EpisodeKind.ExtremeBradycardia), "brady", 15)]
    [InlineData(nameof(EpisodeKind.ExtremeTachycardia), "tachy", 12)]
    [InlineData(nameof(EpisodeKind.FastRate), "hr-high", 30)]
    [InlineData(nameof(EpisodeKind.Desaturation), "spo2-low", 25)]
    [InlineData(nameof(EpisodeKind.Apnoea), "apnoea", 26)]
    [InlineData(nameof(EpisodeKind.Hypotension), "abp-low", 25)]
    [InlineData(nameof(EpisodeKind.Hypertension), "abp-high", 25)]
    [InlineData(nameof(EpisodeKind.LeadsOff), "leads-off", 5)]
    [InlineData(nameof(EpisodeKind.ProbeOff), "probe-off", 5)]
    public void Judge_Episode_RaisesItsAlarmInTimeAndEndsIt(string episode, string key, double withinSeconds)
    {
        var kind = Enum.Parse<EpisodeKind>(episode);
        double lasts = kind == EpisodeKind.VentricularRun ? 4 : 40;
        for (int bed = 0; bed < 5; bed++)
        {
            var profile = PatientProfile.Draw(RandomExtensions.Fork(31, bed, 1)) with { EctopicBeatsPerMinute = 0 };
            var monitor = BedsideMonitor.Attach(SyntheticPatientTests.Struck(profile, kind, 20, 20 + lasts, bed));
            Run(monitor, 20 - monitor.NowUs / 1e6);

            var raised = Run(monitor, withinSeconds);
            Run(monitor, lasts - withinSeconds + 60);

            Assert.True(raised.Contains(key), $"bed {bed}: {string.Join(", ", raised)}");
            Assert.True(monitor.Alarms.Active.Count == 0, $"bed {bed} keeps {string.Join(", ", monitor.Alarms.Active)}");
        }
    }

    [Fact]
    public void Read_LeadsOff_HasNoHeartRateAndNoAsystole()
    {
        var profile = PatientProfile.Draw(RandomExtensions.Fork(41, 0, 1));
        var monitor = BedsideMonitor.Attach(SyntheticPatientTests.Struck(profile, EpisodeKind.LeadsOff, 20, 40));

        var during = Run(monitor, 20);
        var shown = Show(monitor);
        var after = Run(monitor, 20);

        Assert.Null(shown["MDC_ECG_HEART_RATE"]);
        Assert.NotNull(shown["MDC_PULS_OXIM_PULS_RATE"]);
        Assert.DoesNotContain("asystole", during.Concat(after));
        Assert.NotNull(Show(monitor)["MDC_ECG_HEART_RATE"]);
    }

    /// <returns>Keys of all alarms that stood at any time.</returns>
    private static HashSet<string> Run(BedsideMonitor monitor, double seconds)
    {
        HashSet<string> seen = [];
        for (long end = monitor.NowUs + (long)(seconds * 1e6); monitor.NowUs < end;)
        {
            monitor.Live(monitor.NowUs + 256_000);
            seen.UnionWith(monitor.Alarms.Active.Select(a => a.Rule.Key));
        }
        return seen;
    }

    private static Dictionary<string, double?> Show(BedsideMonitor monitor)
    {
        List<Reading> readings = [];
        monitor.Read(readings);
        return readings.ToDictionary(r => r.Signal, r => r.Value);
    }
}

using FieldNet.Bedside.Patients;
using FieldNet.Bedside.Recordings;

namespace FieldNet.Bedside.Tests.Recordings;

public sealed class RecordedPatientTests
{
    [Fact]
    public void Advance_PastTheEnd_LoopsWithoutASeam()
    {
        var patient = new RecordedPatient(Counting(seconds: 10, rate: 100), startSeconds: 8);
        List<short> played = [];

        for (long at = 256_000; at <= 25_600_000; at += 256_000)
        {
            patient.Advance(at);
            Assert.Equal(played.Count, patient.Waves[0].FirstSample);
            played.AddRange(patient.Waves[0].Samples);
        }

        Assert.Equal(Enumerable.Range(0, 2560).Select(n => (short)((n + 800) % 1000)), played);
    }

    [Fact]
    public void Advance_MissingSample_StaysMissing()
    {
        var recording = Counting(10, 100);
        recording.Waves[0].Samples[5] = Wave.Missing;
        var patient = new RecordedPatient(recording, 0);

        patient.Advance(100_000);

        Assert.True(double.IsNaN(patient.Waves[0].ToPhysical(patient.Waves[0].Samples[5])));
        Assert.Equal(0.04, patient.Waves[0].ToPhysical(patient.Waves[0].Samples[4]), 6);
    }

    [Theory]
    [InlineData(330)]
    [InlineData(300)]
    public void CalledRhythm_AtFiveMinutes_StandsForTwentySeconds(double seconds)
    {
        var patient = new RecordedPatient(Counting(seconds, 10, Rhythm.Asystole), startSeconds: 290);
        List<long> called = [];

        for (long at = 0; at < 40_000_000; at += 1_000_000)
        {
            patient.Advance(at);
            if (patient.CalledRhythm == Rhythm.Asystole)
            {
                called.Add(at / 1_000_000);
            }
        }

        Assert.Equal((10, 29, 20), (called[0], called[^1], called.Count));
    }

    private static Recording Counting(double seconds, double rate, Rhythm called = Rhythm.Regular) =>
        new("r", [new("MDC_ECG_ELEC_POTL_II", "mV", rate, 0.01, 0, [.. Enumerable.Range(0, (int)(seconds * rate)).Select(n => (short)n)])], seconds, called);
}

using FieldNet.Bedside.Monitors;
using FieldNet.Bedside.Patients;
using FieldNet.Bedside.Recordings;

namespace FieldNet.Bedside;

/// <summary>Puts a patient with a monitor into each bed.</summary>
internal static class Admission
{
    /// <summary>Few beds make most alarms: every fifth, from the second on.</summary>
    private const int UnstableEvery = 5;

    public static IReadOnlyList<BedsideMonitor> Synthesised(int beds, int seed) =>
        [.. Enumerable.Range(0, beds).Select(n => BedsideMonitor.Attach(new SyntheticPatient(seed, n, unstable: n % UnstableEvery == 1)))];

    /// <exception cref="SimulationException">The folder has no usable record.</exception>
    public static IReadOnlyList<BedsideMonitor> Recorded(string folder, int beds, int seed)
    {
        var recordings = RecordingLibrary.Load(folder, beds, seed);
        var random = RandomExtensions.Fork(seed, 0, 21);
        return [.. Enumerable.Range(0, beds).Select(n => BedsideMonitor.Attach(Play(recordings[n % recordings.Count], n, random)))];
    }

    private static RecordedPatient Play(Recording recording, int bed, Random random)
    {
        // The recorded alarms come one after another, the first after some twenty seconds: a demonstration is short.
        double untilAlarm = 32 + 9 * bed % 117;
        bool hasAlarm = recording.Called != Rhythm.Regular && recording.Seconds >= Recording.AlarmAtSeconds;
        return new(recording, hasAlarm ? Recording.AlarmAtSeconds - untilAlarm : random.NextDouble() * recording.Seconds);
    }
}

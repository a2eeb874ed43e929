using FieldNet.Bedside.Patients;
using FieldNet.Capture.Wfdb;

namespace FieldNet.Bedside.Recordings;

/// <summary>The WFDB records below a folder that can be played at a bedside.</summary>
internal static class RecordingLibrary
{
    /// <summary>A longer record is cut: half an hour of eight waves is 60 MB.</summary>
    private const double MostSeconds = 1800;

    private const double LeastSeconds = 10;

    /// <summary>Reads as many records as asked for, in an order that depends on the seed only; fewer if there are not so many.</summary>
    /// <exception cref="SimulationException">The folder can't be read or has no usable record.</exception>
    public static IReadOnlyList<Recording> Load(string folder, int most, int seed)
    {
        string[] headers;
        try
        {
            headers = Directory.GetFiles(folder, "*.hea", SearchOption.AllDirectories);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"The recordings in '{folder}' can't be read: {cause.Message}", cause);
        }
        // Sorted first, so that the seed alone decides, whatever order the file system has.
        Array.Sort(headers, StringComparer.Ordinal);
        RandomExtensions.Fork(seed, 0, 20).Shuffle(headers);
        List<Recording> recordings = [];
        string reason = "there is no .hea file in it";
        foreach (string header in headers)
        {
            if (recordings.Count == most)
            {
                break;
            }
            try
            {
                if (Read(header, ref reason) is { } recording)
                {
                    recordings.Add(recording);
                }
            }
            catch (Exception cause) when (cause is WfdbFormatException or IOException or UnauthorizedAccessException)
            {
                reason = cause.Message;
            }
        }
        return recordings.Count > 0 ? recordings
            : throw new SimulationException($"No WFDB record in '{folder}' can be played ({reason}); give a folder with PhysioNet records.");
    }

    /// <summary>Null, and the reason, if it holds nothing that a bedside monitor sends.</summary>
    private static Recording? Read(string path, ref string reason)
    {
        reason = $"'{path}' has no waveform of a bedside monitor";
        var header = WfdbHeader.Read(path);
        if (header.Segments.Count == 0 && header.Signals.All(s => WaveNames.Signal(s.Description) is null))
        {
            return null;
        }
        var record = WfdbRecord.Read(path, (long)(MostSeconds * header.FramesPerSecond));
        List<RecordedWave> waves = [];
        for (int i = 0; i < record.Signals.Count; i++)
        {
            string? name = WaveNames.Signal(record.Signals[i].Description);
            bool unusable = name is null || waves.Any(w => w.Signal == name) || !(record.Samples[i].Length >= LeastSeconds * record.SamplesPerSecond(i))
                || Array.TrueForAll(record.Samples[i], value => value == WfdbRecord.Missing);
            if (!unusable)
            {
                waves.Add(Wave(name!, record.Signals[i], record.Samples[i], record.SamplesPerSecond(i)));
            }
        }
        if (record.Problems is [var problem, ..])
        {
            reason = $"'{path}': {problem}";
        }
        return waves.Count == 0 ? null
            : new(header.Name, waves, waves.Min(w => w.Samples.Length / w.SamplesPerSecond), Called(header.Comments));
    }

    private static RecordedWave Wave(string name, WfdbSignal signal, int[] digital, double samplesPerSecond)
    {
        // Formats of more than 16 bits lose their lowest ones.
        int shift = 0;
        foreach (int value in digital)
        {
            while (value != WfdbRecord.Missing && Math.Abs((long)value >> shift) > short.MaxValue)
            {
                shift++;
            }
        }
        short[] samples = new short[digital.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = digital[i] == WfdbRecord.Missing ? Patients.Wave.Missing : (short)(digital[i] >> shift);
        }
        return new(name, WaveNames.Unit(signal.Unit, name), samplesPerSecond, (1 << shift) / signal.Gain, -signal.Baseline / signal.Gain, samples);
    }

    private static Rhythm Called(IEnumerable<string> comments)
    {
        foreach (string comment in comments)
        {
            Rhythm called = comment switch
            {
                "Asystole" => Rhythm.Asystole,
                "Bradycardia" => Rhythm.ExtremeBradycardia,
                "Tachycardia" => Rhythm.ExtremeTachycardia,
                "Ventricular_Tachycardia" => Rhythm.VentricularTachycardia,
                "Ventricular_Flutter_Fib" => Rhythm.VentricularFibrillation,
                _ => Rhythm.Regular,
            };
            if (called != Rhythm.Regular)
            {
                return called;
            }
        }
        return Rhythm.Regular;
    }
}

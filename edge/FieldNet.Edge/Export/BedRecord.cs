using FieldNet.Capture.Wfdb;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Export;

/// <summary>One bed's waveforms as a WFDB record, with the bed's events as annotations.</summary>
/// <remarks>Shape: format 16, all signals in one file; begins with the first sample and ends with the last; samples stand within half their period of where they were.</remarks>
internal sealed class BedRecord(string folder, string name, IReadOnlyList<(WaveTrack Track, int SamplesPerFrame)> tracks, double framePeriodUs)
{
    private const int BlockFrames = 1024;

    /// <summary>WFDB's code of a comment.</summary>
    private const int Note = 22;

    public string HeaderPath => Path.Combine(folder, name + ".hea");

    /// <returns>How many samples are not missing.</returns>
    public long Write(DataMode mode, EventExport events)
    {
        // A base time has milliseconds.
        var startUs = (long)Math.Floor(tracks.Min(t => t.Track.FirstUs) / 1000) * 1000;
        long[] shifts = [.. tracks.Select(t => t.Track.IndexAt(startUs))];
        var frames = tracks.Select((t, i) => (t.Track.End - shifts[i] + t.SamplesPerFrame - 1) / t.SamplesPerFrame).Max();
        using (var writer = new WfdbWriter(folder, name, 1e6 / framePeriodUs, Signals(), DateTimeOffset.UnixEpoch.AddMicroseconds(startUs)))
        {
            var present = WriteFrames(writer, shifts, frames);
            writer.Complete(Comments(mode));
            WriteAnnotations(startUs, frames, events);
            return present;
        }
    }

    private long WriteFrames(WfdbWriter writer, long[] shifts, long frames)
    {
        var perFrame = tracks.Sum(t => t.SamplesPerFrame);
        var block = new int[BlockFrames * perFrame];
        var samples = new int[BlockFrames * tracks.Max(t => t.SamplesPerFrame)];
        long present = 0;
        for (long frame = 0; frame < frames; frame += BlockFrames)
        {
            var count = (int)Math.Min(BlockFrames, frames - frame);
            var at = 0;
            for (var i = 0; i < shifts.Length; i++)
            {
                var (track, each) = tracks[i];
                var own = samples.AsSpan(0, count * each);
                track.Read((frame * each) + shifts[i], own);
                present += own.Length - own.Count(short.MinValue);
                for (var f = 0; f < count; f++)
                {
                    own.Slice(f * each, each).CopyTo(block.AsSpan((f * perFrame) + at));
                }

                at += each;
            }

            writer.Write(block.AsSpan(0, count * perFrame));
        }

        return present;
    }

    private WfdbSignal[] Signals()
    {
        var descriptions = new HashSet<string>(StringComparer.Ordinal);
        return [.. tracks.Select(t => new WfdbSignal
        {
            File = name + ".dat",
            Format = 16,
            SamplesPerFrame = t.SamplesPerFrame,
            Gain = 1 / t.Track.Gain,
            Baseline = (int)Math.Clamp(Math.Round(-t.Track.Offset / t.Track.Gain), int.MinValue, int.MaxValue),
            Unit = Unit(t.Track.Topic.Signal!.Unit),
            ResolutionBits = 16,
            Description = Description(t.Track.Topic, descriptions),
        })];
    }

    /// <summary>The signal's name; with its device, and a number, where the bed has several of it.</summary>
    private static string Description(Topic topic, HashSet<string> taken)
    {
        var description = topic.Signal!.Id;
        for (var n = 1; !taken.Add(description); n++)
        {
            description = n == 1 ? $"{topic.Signal.Id} {topic.Device}" : $"{topic.Signal.Id} {topic.Device} {n}";
        }

        return description;
    }

    /// <summary>As PhysioNet's records spell it: an absent one would mean mV.</summary>
    private static string Unit(string ucum) => ucum switch
    {
        "mm[Hg]" => "mmHg",
        "cm[H2O]" => "cmH2O",
        "" or "1" => "NU",
        _ => ucum,
    };

    private IEnumerable<string> Comments(DataMode mode)
    {
        var topic = tracks[0].Track.Topic;
        yield return $"FieldNet export of {topic.Site}/{topic.Ward}/{topic.Bed}; times are UTC, on the log's clock";
        if (mode is not (DataMode.Unspecified or DataMode.Real))
        {
            yield return $"Not of a patient: mode {Words.Of(mode)}";
        }
    }

    private void WriteAnnotations(long startUs, long frames, EventExport events)
    {
        var topic = tracks[0].Track.Topic;
        WfdbAnnotation[] notes =
        [
            .. events.Of($"{topic.Ward}/{topic.Bed}")
                .Select(e => new WfdbAnnotation((long)Math.Round((e.TimeUs - startUs) / framePeriodUs), Note, 0, 0, 0, e.Text))
                .Where(note => note.Sample >= 0 && note.Sample < frames)
                .OrderBy(note => note.Sample),
        ];
        if (notes.Length > 0)
        {
            WfdbAnnotationWriter.Write(Path.ChangeExtension(HeaderPath, ".events"), notes);
        }
    }
}

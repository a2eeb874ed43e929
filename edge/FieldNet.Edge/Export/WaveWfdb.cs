using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Export;

/// <summary>Waveforms as WFDB records: one a bed, its waveforms together on the log's clock.</summary>
/// <remarks>Disk: while it works, a scratch file for each waveform in the same folder.</remarks>
internal sealed class WaveWfdb(string folder, ExportSpan span) : IWaveExport
{
    private readonly Dictionary<(string Topic, double PeriodUs, double Gain, double Offset), WaveTrack> _tracks = [];
    private readonly Dictionary<string, DataMode> _modes = new(StringComparer.Ordinal);

    public long Samples { get; private set; }

    /// <inheritdoc/>
    public void Take(Topic topic, in WaveChunk chunk, long originUs, long index)
    {
        var key = (topic.Name, chunk.SamplePeriodUs, chunk.Gain, chunk.Offset);
        if (!_tracks.TryGetValue(key, out var track))
        {
            _tracks.Add(key, track = new WaveTrack(Path.Combine(folder, $".scratch-{_tracks.Count}"), topic, chunk, originUs, span));
        }

        // As on the screens: what its device calls invalid is no value.
        if (chunk.Validity is not (Validity.Invalid or Validity.NotAvailable))
        {
            track.Write(index, chunk.Samples);
        }

        if (chunk.Stamp.Mode is not (DataMode.Unspecified or DataMode.Real))
        {
            _modes[BedNames.Of(topic)] = chunk.Stamp.Mode;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Complete(EventExport events)
    {
        List<string> headers = [];
        foreach (var bed in _tracks.Values.Where(track => track.End > 0).GroupBy(track => BedNames.Of(track.Topic), StringComparer.Ordinal).OrderBy(bed => bed.Key, StringComparer.Ordinal))
        {
            List<WaveTrack> left = [.. bed.OrderBy(track => track.Topic.Name, StringComparer.Ordinal).ThenBy(track => track.FirstUs)];
            for (var n = 1; left.Count > 0; n++)
            {
                var rate = FrameRate.Of([.. left.Select(track => track.PeriodUs)]);
                var record = new BedRecord(folder, n == 1 ? bed.Key : $"{bed.Key}_{n}", [.. left.Zip(rate.SamplesPerFrame).Where(t => t.Second > 0)], rate.PeriodUs);
                Samples += record.Write(_modes.GetValueOrDefault(bed.Key), events);
                headers.Add(record.HeaderPath);
                left = [.. left.Where((_, i) => rate.SamplesPerFrame[i] == 0)];
            }
        }

        return headers;
    }

    public void Dispose()
    {
        foreach (var track in _tracks.Values)
        {
            track.Dispose();
        }
    }
}

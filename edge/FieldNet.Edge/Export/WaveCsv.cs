using System.Buffers.Binary;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Export;

/// <summary>Waveforms as CSV: one file a bed, one sample a row, in the order of arrival; a missing sample has no row.</summary>
internal sealed class WaveCsv(string folder, ExportSpan span) : IWaveExport
{
    private readonly Dictionary<string, CsvFile> _beds = new(StringComparer.Ordinal);

    public long Samples => _beds.Values.Sum(csv => csv.Rows);

    /// <inheritdoc/>
    public void Take(Topic topic, in WaveChunk chunk, long originUs, long index)
    {
        var bed = BedNames.Of(topic);
        for (var i = 0; i < chunk.Count; i++)
        {
            var sample = BinaryPrimitives.ReadInt16LittleEndian(chunk.Samples[(2 * i)..]);
            var timeUs = originUs + ((index + i) * chunk.SamplePeriodUs);
            if (sample == short.MinValue || !span.Holds(timeUs))
            {
                continue;
            }

            if (!_beds.TryGetValue(bed, out var csv))
            {
                _beds.Add(bed, csv = new CsvFile(Path.Combine(folder, $"waves_{bed}.csv"), "time,ward,bed,device,signal,unit,value,validity,late,mode"));
            }

            csv.Time((long)Math.Round(timeUs)).Field(topic.Ward).Field(topic.Bed).Field(topic.Device).Field(topic.Signal!.Id).Field(topic.Signal.Unit)
                .Field((chunk.Gain * sample) + chunk.Offset, "G12").Field(Words.Of(chunk.Validity)).Field(chunk.Stamp.Historical ? "true" : "false").Field(Words.Of(chunk.Stamp.Mode));
            csv.End();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Complete(EventExport events) => [.. _beds.Values.Select(csv => csv.Path).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        foreach (var csv in _beds.Values)
        {
            csv.Dispose();
        }
    }
}

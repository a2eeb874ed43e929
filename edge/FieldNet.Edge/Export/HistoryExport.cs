using FieldNet.Capture.Log;
using FieldNet.Edge.Replay;
using FieldNet.Edge.Reports;
using FieldNet.History.Points;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Export;

/// <summary>Takes a span of history out of a data folder: numbers, waveforms and events, each when it was measured.</summary>
/// <remarks>
/// Reads on to the end of the log, since a backlog of the span may have arrived long behind it. Loss: damage in the log is passed over and counted.
/// </remarks>
internal sealed class HistoryExport(string dataFolder, string outFolder, ExportSpan span, ExportFormat format, string? bed)
{
    /// <summary>Records before the span teach what each device's clock is off by.</summary>
    private const long LeadUs = 600_000_000;

    /// <summary>A backlog from before the log began is kept up to this age.</summary>
    private const long OldestUs = 86_400_000_000;

    private readonly TelemetryDecoder _decoder = new();
    private readonly Dictionary<string, ChunkTimes> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WaveLine> _lines = new(StringComparer.Ordinal);
    private long? _originUs;

    /// <param name="told">How far it is, 0 to 1.</param>
    public ExportReport Run(Action<double> told, CancellationToken cancellation)
    {
        var filter = bed is null ? null : new BedFilter(bed);
        var quarantined = QuarantinedRecords.Read(dataFolder);
        using var reader = LogReader.Open(dataFolder, new TopicTable());
        using var numerics = new NumericCsv(outFolder, span);
        using var events = new EventExport(dataFolder, outFolder, span, bed);
        using IWaveExport waves = format == ExportFormat.Csv ? new WaveCsv(outFolder, span) : new WaveWfdb(outFolder, span);
        var points = new NumericPoints();
        for (long n = 0; reader.TryRead(out var record); n++)
        {
            if (n % 8192 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                told(reader.Done);
            }

            _originUs ??= Math.Max(span.FromUs, record.LogTimeUs - OldestUs);
            if (record.Kind != RecordKind.Publish || record.ReceiveTimeUs < span.FromUs - LeadUs || quarantined.Contains(record.Number) || filter?.Takes(record) == false)
            {
                continue;
            }

            points.Read(record, numerics);
            TakeWave(record, waves);
        }

        var records = waves.Complete(events);
        return new ExportReport
        {
            Numerics = numerics.Csv.Rows,
            WaveSamples = waves.Samples,
            Events = events.IsThere ? events.Csv.Rows : null,
            Files = [numerics.Csv.Path, events.Csv.Path, .. records],
            Damaged = reader.Damage.Corrupt + reader.Damage.Torn,
        };
    }

    private void TakeWave(in LogRecord record, IWaveExport waves)
    {
        if (record.Topic is not { Scope: TopicScope.Device, Refusal: Refusal.None, Message: MessageKind.Wave } topic
            || _decoder.ReadWave(record.Payload, TelemetryDecoder.FormatOf(record.Properties), topic.Signal!, out var chunk) != Refusal.None)
        {
            return;
        }

        if (!_devices.TryGetValue(topic.Subject, out var times))
        {
            _devices.Add(topic.Subject, times = new ChunkTimes());
        }

        if (!_lines.TryGetValue(topic.Name, out var line))
        {
            _lines.Add(topic.Name, line = new WaveLine(_originUs!.Value));
        }

        if (line.Place(chunk, times.StartUs(chunk, record.ReceiveTimeUs)) is { } index)
        {
            waves.Take(topic, chunk, _originUs!.Value, index);
        }
    }
}

using System.Buffers.Binary;
using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Dashboard.History;
using FieldNet.History.Points;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.History;

/// <summary>Waveforms of the past, read from the log's own lane of them.</summary>
/// <remarks>
/// The log is in the order of arrival: what a gateway sent later lies behind. So a span that has gaps is looked for on up to
/// <see cref="BackfillUs"/> past its end; one that has none costs only itself. Threading: any, several at a time, each with a reader of its own.
/// </remarks>
internal sealed class WaveLookBack(IDisk disk, ICommitMark marks)
{
    private const short Missing = short.MinValue;

    /// <summary>Read before the span: a chunk that began before it, and from the delays of others what this one's was.</summary>
    private const long LeadUs = 30_000_000;

    /// <summary>What was sampled in the span has come by then, unless it was kept back by an outage.</summary>
    private const long TrailUs = 30_000_000;

    private const long BackfillUs = 3_600_000_000;

    private const int LookAtGapsEvery = 50_000;

    /// <returns>Null when there is no such waveform in that span.</returns>
    public WavesDto? Read(WaveRequest request, CancellationToken cancellation)
    {
        var (fromUs, toUs) = (request.FromMs * 1000, request.ToMs * 1000);
        var chunks = Chunks(request, fromUs, toUs, cancellation);
        if (chunks.Count == 0)
        {
            return null;
        }

        var device = request.Device ?? chunks[^1].Device;
        var (pieces, thinned) = WavePieces.Of(chunks.Where(chunk => chunk.Device == device), fromUs, toUs, request.Points);
        var unit = Telemetry.Signals.SignalTable.All.FirstOrDefault(signal => signal.Id == request.Signal)?.Unit ?? "";
        return new WavesDto(request.Bed, device, request.Signal, unit, request.FromMs, request.ToMs, thinned, pieces);
    }

    /// <summary>In the order of arrival.</summary>
    private List<WaveChunkCopy> Chunks(WaveRequest request, long fromUs, long toUs, CancellationToken cancellation)
    {
        var chunks = new List<WaveChunkCopy>();
        var dating = new Dictionary<Topic, DeviceDating>();
        var decoder = new TelemetryDecoder();
        using var reader = new LogReader(disk, new TopicTable(), LogExtent.NumberBefore(disk, fromUs - LeadUs), [LogLane.Waves]);
        reader.Limit = marks.CommittedThrough(LogLane.Waves);
        for (var read = 1; reader.TryRead(out var record); read++)
        {
            if (record.LogTimeUs > toUs + TrailUs && (record.LogTimeUs > toUs + BackfillUs || (read % LookAtGapsEvery == 0 && WavePieces.Cover(chunks, fromUs, toUs))))
            {
                break;
            }

            cancellation.ThrowIfCancellationRequested();
            if (record.LogTimeUs >= fromUs - LeadUs && IsWanted(record.Topic, request)
                && decoder.ReadWave(record.Payload, TelemetryDecoder.FormatOf(record.Properties), record.Topic.Signal!, out var chunk) == Refusal.None
                && Date(chunk, record, dating) is var (startUs, isLate) && startUs < toUs && startUs + (chunk.Count * chunk.SamplePeriodUs) > fromUs)
            {
                chunks.Add(new WaveChunkCopy(record.Topic.Device, startUs, chunk.SamplePeriodUs, isLate, Samples(chunk)));
            }
        }

        return chunks;
    }

    private static bool IsWanted(Topic topic, WaveRequest request) =>
        topic is { Refusal: Refusal.None, Signal: { } signal } && signal.Id == request.Signal
        && (request.Device is null || topic.Device == request.Device)
        && (request.Bed == $"{topic.Ward}/{topic.Bed}" || request.Bed == $"{topic.Site}/{topic.Ward}/{topic.Bed}");

    /// <summary>When its first sample was taken.</summary>
    private static (double StartUs, bool IsLate) Date(in WaveChunk chunk, in LogRecord record, Dictionary<Topic, DeviceDating> known)
    {
        known.TryGetValue(record.Topic, out var dating);
        var currentUs = dating.CurrentUs(chunk.Stamp, record.ReceiveTimeUs, moves: true, out var isLate);
        known[record.Topic] = dating;

        // Without the device's own time it is that of sending, or of arrival: when the last sample was there.
        return (chunk.Stamp.HasDeviceTime ? currentUs : currentUs - (chunk.Count * chunk.SamplePeriodUs), isLate);
    }

    private static float?[] Samples(in WaveChunk chunk)
    {
        var samples = new float?[chunk.Count];
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = BinaryPrimitives.ReadInt16LittleEndian(chunk.Samples[(2 * i)..]);
            samples[i] = sample == Missing ? null : (float)((sample * chunk.Gain) + chunk.Offset);
        }

        return samples;
    }
}

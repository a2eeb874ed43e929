using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Checkpoints;

/// <summary>Takes a checkpoint of the views now and then, and makes it durable behind the records that are in it.</summary>
/// <remarks>
/// Threading: the sequencer's, which only collects the views' bytes; they are written elsewhere, one checkpoint at a time. Loss: one
/// that the disk does not take is let go; the next one comes, and until then the log is longer to read.
/// </remarks>
internal sealed class CheckpointTaker(CaptureLog log, IReadOnlyList<ICheckpointView> views, SequencerOptions sequencer)
{
    private const long UsPerHour = 3_600_000_000;

    private readonly CheckpointOptions _options = sequencer.Checkpoints;
    private readonly CheckpointFolder _folder = new(log.Disk);
    private readonly long _everyUs = sequencer.Checkpoints.Every.Ticks / TimeSpan.TicksPerMicrosecond;
    private Thread? _writing;
    private long _takenAt = -1;
    private long _takenUs;

    /// <summary>The views stand at this record without being any older: nothing is due before the interval has passed.</summary>
    public void Begin(long number, long logTimeUs) => (_takenAt, _takenUs) = (number, logTimeUs);

    /// <summary>Between two records: takes a checkpoint when one is due and the last one is written.</summary>
    public void Keep(long number, long logTimeUs)
    {
        // What room a full disk has left is for records.
        if (views.Count > 0 && log.Upkeep.Keeps(LogLane.Waves) && logTimeUs - _takenUs >= _everyUs && number != _takenAt && _writing is not { IsAlive: true })
        {
            var checkpoint = Take(number, logTimeUs);
            _writing = new Thread(() => Write(checkpoint)) { Name = "fieldnet-checkpoint", IsBackground = true };
            _writing.Start();
        }
    }

    /// <summary>Behind the last record and its commit: the next start has nothing to read.</summary>
    public void Finish(long number, long logTimeUs)
    {
        if (views.Count == 0)
        {
            return;
        }

        _writing?.Join();
        Write(Take(number, logTimeUs));
    }

    private Checkpoint Take(long number, long logTimeUs)
    {
        Begin(number, logTimeUs);
        return new Checkpoint(number, logTimeUs, sequencer.Version, views.ToDictionary(static view => view.CheckpointName, static view => view.SaveCheckpoint(), StringComparer.Ordinal));
    }

    private void Write(Checkpoint checkpoint)
    {
        // A checkpoint that knew more than the log would number records twice.
        if (!log.Commit(sequencer.CommitWait))
        {
            return;
        }

        try
        {
            _folder.Write(checkpoint);
            _folder.Delete(Useless());
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Full or failing: the log's own health says so, and has the first claim to what room there is.
        }
    }

    /// <summary>All but the newest few and the first of each hour; those that the log has been cut behind are of no use at all.</summary>
    private List<long> Useless()
    {
        var oldest = LogExtent.FirstFact(log.Disk);
        var numbers = _folder.Numbers();
        var useless = new List<long>();
        var hour = long.MinValue;
        foreach (var number in numbers.Take(numbers.Count - _options.Newest))
        {
            var takenUs = _folder.LogTimeUs(number) ?? 0;
            if (number < oldest - 1 || takenUs / UsPerHour == hour)
            {
                useless.Add(number);
            }
            else
            {
                hour = takenUs / UsPerHour;
            }
        }

        return useless;
    }
}

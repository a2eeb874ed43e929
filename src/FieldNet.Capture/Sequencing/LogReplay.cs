using System.Diagnostics;
using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Sequencing;

/// <summary>Brings views up to date from the log, leaving out, for those that can be rebuilt, every record that is or turns out to be poisoned.</summary>
/// <remarks>Threading: the sequencer's, or the starting thread before there is one.</remarks>
internal sealed class LogReplay(IDisk disk, TopicTable topics, ProcessorBeat beat)
{
    private readonly CheckpointFolder _checkpoints = new(disk);
    private HashSet<long> _quarantined = [];

    /// <summary>Puts all views at the newest good checkpoint and applies the log behind it; the whole log without one.</summary>
    /// <param name="last">Number of the log's last record.</param>
    /// <param name="before">Called before each record, with its kind and lane.</param>
    /// <param name="poison">Told of records found poisoned on the way.</param>
    public ReplaySummary Run(ViewStage stage, long last, Action<RecordKind, LogLane> before, Action<long, Exception> poison)
    {
        var started = Stopwatch.GetTimestamp();
        long records = 0;
        // A log that lost its end to damage numbers on from where it now ends: what was taken behind that is of another past.
        _checkpoints.Delete(_checkpoints.Numbers().Where(number => number > last));
        var start = StartingPoint.Restore(_checkpoints, stage.CheckpointViews, topics, through: long.MaxValue, wholeLog: LogExtent.FirstFact(disk) == 1);
        _quarantined = [.. QuarantinedRecords.Read(disk, from: (start?.Number ?? 0) + 1)];
        using var reader = new LogReader(disk, topics, from: (start?.Number ?? 0) + 1);
        while (reader.TryRead(out var record))
        {
            beat.Beat();
            before(record.Kind, record.Lane);
            if (_quarantined.Contains(record.Number))
            {
                stage.ApplyPoisoned(in record);
                continue;
            }

            records++;
            stage.Apply(in record);
            foreach (var (view, error) in stage.Poisoned)
            {
                poison(record.Number, error);
                Rebuild(view, record.Number, poison);
            }
        }

        return new ReplaySummary(start?.Number ?? 0, records, _quarantined.Count, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Rebuilds one view from the newest checkpoint and everything behind it, up to a record that made it throw.</summary>
    public void Rebuild(IQuarantineView view, long number, Action<long, Exception> poison)
    {
        _quarantined.Add(number);
        while (true)
        {
            long current = 0;
            try
            {
                view.Rebuild(apply =>
                {
                    // No checkpoint holds a poisoned record: each is taken behind a record that every view took.
                    var start = view is ICheckpointView restored ? StartingPoint.Restore(_checkpoints, restored, topics, through: number - 1) : null;
                    using var reader = new LogReader(disk, topics, from: (start?.Number ?? 0) + 1) { Limit = number - 1 };
                    while (reader.TryRead(out var record))
                    {
                        beat.Beat();
                        current = record.Number;
                        if (!_quarantined.Contains(current))
                        {
                            apply(in record);
                        }
                    }

                    current = 0;
                });
                return;
            }
            catch (Exception e) when (current != 0 && _quarantined.Add(current))
            {
                // Without the first poisoned record another one throws: leave that out as well. Each turn adds one, so this ends.
                poison(current, e);
            }
        }
    }
}

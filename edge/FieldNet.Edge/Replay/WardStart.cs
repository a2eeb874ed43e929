using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.Replay;

/// <summary>Where a replay begins: at a checkpoint of the data folder where one serves, else at the capture's first record.</summary>
/// <remarks>
/// One serves when it is of no later than <c>--from</c>; or when the log's beginning is no longer there: then the oldest behind which both
/// lanes are whole, since a ward without its waveforms would find every bed silent.
/// None does with another site's limits, for one bed alone, or for several folders: its state would be that of another replay.
/// </remarks>
/// <param name="Ward">Stands where the replay begins.</param>
/// <param name="From">The first record to apply.</param>
internal sealed record WardStart(WardProcessor Ward, long From)
{
    /// <param name="topics">The table that the records' topics will be interned in.</param>
    public static WardStart Of(ReplayOptions options, IEventSink sink, TopicTable topics)
    {
        var ward = new WardProcessor(sink, checkpoint: null, options.Ward);
        foreach (var checkpoint in Candidates(options))
        {
            if (checkpoint.Parts.TryGetValue(ward.CheckpointName, out var saved))
            {
                try
                {
                    ward.RestoreCheckpoint(saved, topics);
                    return new WardStart(ward, checkpoint.Number + 1);
                }
                catch (InvalidDataException)
                {
                    // Of another version: the next one may do, or the log from its beginning.
                    ward = new WardProcessor(sink, checkpoint: null, options.Ward);
                }
            }
        }

        return new WardStart(ward, 1);
    }

    private static IEnumerable<Checkpoint> Candidates(ReplayOptions options)
    {
        if (options.Paths is not [var folder] || !Directory.Exists(folder) || options.Bed is not null || options.Ward is not null)
        {
            return [];
        }

        var first = LogExtent.WholeFrom(FileDisk.ForReading(folder));
        var checkpoints = CheckpointFolder.Open(folder);
        if (options.FromUs > long.MinValue && checkpoints.Before(options.FromUs) is { } before && before.Number >= first - 1)
        {
            return [before];
        }

        return first == 1 ? [] : checkpoints.Numbers().Where(number => number >= first - 1).Select(checkpoints.Read).OfType<Checkpoint>();
    }
}

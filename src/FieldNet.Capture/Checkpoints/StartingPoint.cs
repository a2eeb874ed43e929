using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Checkpoints;

/// <summary>Finds where the views can start from, and puts them there.</summary>
internal static class StartingPoint
{
    /// <summary>Restores the newest checkpoint that every view takes; where no view takes any, the whole log is applied.</summary>
    /// <param name="through">Later checkpoints are not looked at.</param>
    /// <param name="wholeLog">The log still has its first record. If it has not and no checkpoint is good for all, views that refuse the newest one start as new there.</param>
    /// <returns>Where they stand; null when they are as new.</returns>
    public static Checkpoint? Restore(CheckpointFolder folder, IReadOnlyList<ICheckpointView> views, TopicTable topics, long through, bool wholeLog)
    {
        if (views.Count == 0)
        {
            return null;
        }

        Checkpoint? newest = null;
        foreach (var checkpoint in folder.NewestFirst(through))
        {
            newest ??= checkpoint;
            if (views.All(view => TryRestore(view, checkpoint, topics)))
            {
                return checkpoint;
            }
        }

        newest = wholeLog ? null : newest;
        foreach (var view in views)
        {
            if (newest is null || !TryRestore(view, newest, topics))
            {
                view.RestoreCheckpoint([], topics);
            }
        }

        return newest;
    }

    /// <summary>Restores one view from the newest checkpoint that it takes.</summary>
    /// <returns>Where it stands; null when it is as new.</returns>
    public static Checkpoint? Restore(CheckpointFolder folder, ICheckpointView view, TopicTable topics, long through)
    {
        var found = folder.NewestFirst(through).FirstOrDefault(checkpoint => TryRestore(view, checkpoint, topics));
        if (found is null)
        {
            view.RestoreCheckpoint([], topics);
        }

        return found;
    }

    private static bool TryRestore(ICheckpointView view, Checkpoint checkpoint, TopicTable topics)
    {
        if (!checkpoint.Parts.TryGetValue(view.CheckpointName, out var saved))
        {
            return false;
        }

        try
        {
            view.RestoreCheckpoint(saved, topics);
            return true;
        }
        catch (InvalidDataException)
        {
            // Of another version, or what belongs to it is gone: an older one may do.
            return false;
        }
    }
}

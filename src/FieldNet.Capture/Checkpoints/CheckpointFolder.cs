using System.Globalization;
using FieldNet.Capture.Disk;

namespace FieldNet.Capture.Checkpoints;

/// <summary>The checkpoints that lie beside a log's segments, one file each, named by their record's number.</summary>
/// <remarks>
/// A file is written once and never changed; one that a crash left torn fails its checksum and is passed over. Threading: any thread
/// may read while one writes.
/// </remarks>
public sealed class CheckpointFolder(IDisk disk)
{
    private const string Prefix = "checkpoint-";
    private const string Extension = ".state";

    /// <summary>The checkpoints of a data folder, for reading.</summary>
    /// <exception cref="CaptureException">No log there.</exception>
    public static CheckpointFolder Open(string dataFolder) => new(FileDisk.ForReading(dataFolder));

    /// <summary>Numbers of the records that have a checkpoint, readable or not, rising.</summary>
    public IReadOnlyList<long> Numbers()
    {
        var numbers = new List<long>();
        foreach (var file in disk.List())
        {
            if (file.StartsWith(Prefix, StringComparison.Ordinal) && file.EndsWith(Extension, StringComparison.Ordinal)
                && long.TryParse(file.AsSpan(Prefix.Length, file.Length - Prefix.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }

    /// <summary>The readable checkpoints at or before a record, newest first, read one by one.</summary>
    public IEnumerable<Checkpoint> NewestFirst(long through = long.MaxValue)
    {
        foreach (var number in Numbers().Reverse())
        {
            if (number <= through && Read(number) is { } checkpoint)
            {
                yield return checkpoint;
            }
        }
    }

    /// <summary>The newest checkpoint of no later than a log time; null without one.</summary>
    public Checkpoint? Before(long logTimeUs) =>
        Numbers().Reverse().Where(number => LogTimeUs(number) <= logTimeUs).Select(Read).FirstOrDefault(static checkpoint => checkpoint is not null);

    /// <summary>When a checkpoint was taken, by its head alone; null when that can't be read.</summary>
    public long? LogTimeUs(long number)
    {
        try
        {
            using var file = disk.OpenRead(Name(number));
            Span<byte> head = stackalloc byte[CheckpointFormat.HeadBytes];
            return CheckpointFormat.LogTimeUs(head[..file.Read(head, 0)]);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <returns>Null when it is gone, torn or damaged.</returns>
    public Checkpoint? Read(long number)
    {
        try
        {
            using var file = disk.OpenRead(Name(number));
            var bytes = new byte[file.Length];
            return CheckpointFormat.Read(bytes[..file.Read(bytes, 0)]) is { } checkpoint && checkpoint.Number == number ? checkpoint : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes a checkpoint durable. The log must be committed through its number in both lanes.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Write(Checkpoint checkpoint)
    {
        var name = Name(checkpoint.Number);
        if (Numbers().Contains(checkpoint.Number))
        {
            // From before a crash, for the same record: the same state, unless it is torn.
            disk.Delete(name);
        }

        try
        {
            using var file = disk.Create(name);
            file.Write(CheckpointFormat.Write(checkpoint), 0);
            file.Sync();
        }
        catch (IOException)
        {
            // On a full disk its room is needed.
            disk.Delete(name);
            throw;
        }

        disk.SyncDirectory();
    }

    /// <summary>Removes checkpoints that are of no more use.</summary>
    public void Delete(IEnumerable<long> numbers)
    {
        foreach (var number in numbers)
        {
            disk.Delete(Name(number));
        }
    }

    private static string Name(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D19}{Extension}");
}

using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>What the log takes on the disk, segment by segment, and the one way to take some of it away: from the front.</summary>
/// <remarks>Threading: one thread. A reader that has a segment open reads it to its end all the same.</remarks>
internal sealed class SegmentStock(IDisk disk)
{
    private readonly Dictionary<SegmentName, long> _lengths = [];
    private readonly LaneSegments[] _lanes = [new(disk, LogLane.Facts), new(disk, LogLane.Waves)];
    private readonly Queue<StoredSegment>[] _complete = [new(), new()];
    private readonly List<StoredSegment> _open = [];
    private readonly int[] _gone = new int[2];

    /// <summary>All that lies there, the segments being written included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Complete segments of a lane, oldest first.</summary>
    public Queue<StoredSegment> Complete(LogLane lane) => _complete[(int)lane];

    /// <summary>Looks at the folder anew.</summary>
    public void Look()
    {
        Bytes = 0;
        _open.Clear();
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            var complete = _complete[lane];
            complete.Clear();
            var entries = _lanes[lane].List();
            for (var i = 0; i < entries.Count; i++)
            {
                var (name, header, isLast) = (entries[i].Name, entries[i].Header, i == entries.Count - 1);
                var bytes = LengthOf(name, isLast);
                Bytes += bytes;
                if (isLast)
                {
                    _open.Add(new StoredSegment(name, header.FirstNumber, long.MaxValue, long.MaxValue, bytes));
                }
                else
                {
                    complete.Enqueue(new StoredSegment(name, header.FirstNumber, entries[i + 1].Header.FirstNumber - 1, entries[i + 1].Header.FirstLogTimeUs, bytes));
                }
            }
        }
    }

    /// <summary>Bytes of the segments in which everything is numbered above that.</summary>
    public long BytesBehind(long number) =>
        _complete[0].Concat(_complete[1]).Concat(_open).Where(segment => segment.First > number).Sum(segment => segment.Bytes);

    /// <summary>Deletes the oldest complete segment of a lane.</summary>
    /// <exception cref="IOException">The disk does not let it go.</exception>
    public void DeleteOldest(LogLane lane)
    {
        var oldest = _complete[(int)lane].Peek();
        // With it goes whatever lies before it and has no readable head.
        foreach (var name in _lanes[(int)lane].Files.Where(file => file.Ordinal > _gone[(int)lane] && file.Ordinal <= oldest.Name.Ordinal))
        {
            disk.Delete(name.ToString());
        }

        _gone[(int)lane] = oldest.Name.Ordinal;
        _complete[(int)lane].Dequeue();
        _lengths.Remove(oldest.Name);
        Bytes -= oldest.Bytes;
    }

    /// <summary>Only a complete segment's length is worth remembering.</summary>
    private long LengthOf(SegmentName name, bool isLast)
    {
        if (isLast)
        {
            return disk.LengthOf(name.ToString());
        }

        if (!_lengths.TryGetValue(name, out var bytes))
        {
            bytes = disk.LengthOf(name.ToString());
            _lengths.Add(name, bytes);
        }

        return bytes;
    }
}

using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>One lane's segment files that have a readable head, in order.</summary>
/// <remarks>Heads are read once and kept: they never change.</remarks>
internal sealed class LaneSegments(IDisk disk, LogLane lane)
{
    private readonly Dictionary<int, SegmentHeader> _headers = [];

    /// <summary>Every file of the lane, readable or not.</summary>
    public IReadOnlyList<SegmentName> Files { get; private set; } = [];

    /// <param name="Until">Records numbered from here on are superseded: a later segment has them.</param>
    public readonly record struct Entry(SegmentName Name, SegmentHeader Header, long Until);

    /// <summary>Looks at the folder again.</summary>
    /// <exception cref="CaptureException">A segment of a newer version.</exception>
    public List<Entry> List()
    {
        Files = SegmentName.Of(lane, disk.List());
        var entries = new List<Entry>(Files.Count);
        var until = long.MaxValue;
        for (var i = Files.Count - 1; i >= 0; i--)
        {
            if (HeaderOf(Files[i]) is { } header)
            {
                entries.Add(new Entry(Files[i], header, until));
                until = Math.Min(until, header.FirstNumber);
            }
        }

        entries.Reverse();
        return entries;
    }

    /// <summary>Bytes in the files that can be read.</summary>
    public long SizeBytes() => List().Sum(entry =>
    {
        using var file = TryOpen(entry);
        return file?.Length ?? 0;
    });

    /// <returns>Null when retention has taken it since it was listed.</returns>
    public SegmentScanner? Open(Entry entry) => TryOpen(entry) is { } file ? new(file, entry.Header) : null;

    private IDiskFile? TryOpen(Entry entry)
    {
        try
        {
            return disk.OpenRead(entry.Name.ToString());
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private SegmentHeader? HeaderOf(SegmentName name)
    {
        if (_headers.TryGetValue(name.Ordinal, out var header))
        {
            return header;
        }

        var head = new byte[SegmentHeader.Bytes];
        try
        {
            using var file = disk.OpenRead(name.ToString());
            header = SegmentHeader.Read(head.AsSpan(0, file.Read(head, 0)));
        }
        catch (FileNotFoundException)
        {
            // Withdrawn between the listing and now.
        }
        catch (InvalidDataException e)
        {
            throw new CaptureException(CaptureErrorKind.FormatUnknown, name.ToString(), $"Segment {name}: {e.Message}", e);
        }

        if (header is not null)
        {
            _headers.Add(name.Ordinal, header);
        }

        return header;
    }
}

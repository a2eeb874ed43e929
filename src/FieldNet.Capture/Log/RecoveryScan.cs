using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>Opens a log after whatever ended the last run: finds its last record and cuts torn ends.</summary>
/// <remarks>
/// Only the last segments are read: those that a crash can have touched. Nothing is ever written to an old segment again, so a torn
/// end is cut only to be reported once; damage with a valid record behind it stays as it is.
/// </remarks>
internal sealed class RecoveryScan
{
    private readonly int[] _lastOrdinals = new int[2];
    private long _lastNumber;
    private long _lastLogTimeUs;
    private int _lastStart;
    private RecordKind _lastKind = RecordKind.Stop;
    private long _tornBytes;
    private long _corrupt;

    public LogRecovery Recovery =>
        new(_lastNumber, _lastLogTimeUs, _lastStart, _lastKind == RecordKind.Stop, _tornBytes, _corrupt);

    public int LastOrdinal(LogLane lane) => _lastOrdinals[(int)lane];

    /// <exception cref="CaptureException">The folder can't be read or repaired.</exception>
    public static RecoveryScan Run(IDisk disk)
    {
        var scan = new RecoveryScan();
        try
        {
            scan.Recover(disk, LogLane.Facts);
            scan.Recover(disk, LogLane.Waves);
            disk.SyncDirectory();
        }
        catch (IOException e) when (e is not CaptureException)
        {
            throw new CaptureException(CaptureErrorKind.DataFolderUnwritable, "log", $"The log can't be recovered: {e.Message}", e);
        }

        return scan;
    }

    private void Recover(IDisk disk, LogLane lane)
    {
        var segments = new LaneSegments(disk, lane);
        var entries = segments.List();
        if (segments.Files.Count > 0)
        {
            _lastOrdinals[(int)lane] = segments.Files[^1].Ordinal;
        }

        foreach (var name in segments.Files)
        {
            if (!entries.Exists(entry => entry.Name == name))
            {
                DropStillborn(disk, name);
            }
        }

        var laterFirst = long.MaxValue;
        var found = false;
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            _lastStart = Math.Max(_lastStart, entries[i].Header.Start);
            var last = Scan(disk, segments, entries[i]);
            // A segment that ends before the later ones begin was closed in good order, and so were all before it.
            if (found && last < laterFirst)
            {
                return;
            }

            found |= last > 0;
            laterFirst = Math.Min(laterFirst, entries[i].Header.FirstNumber);
        }
    }

    /// <returns>The number of the segment's last record; 0 without one.</returns>
    private long Scan(IDisk disk, LaneSegments segments, LaneSegments.Entry entry)
    {
        long last = 0;
        long validEnd;
        using (var scanner = segments.Open(entry)!)
        {
            while (scanner.TryNext())
            {
                ref readonly var header = ref scanner.Header;
                last = Math.Max(last, header.Number);
                _lastLogTimeUs = Math.Max(_lastLogTimeUs, header.LogTimeUs);
                if (header.Number > _lastNumber)
                {
                    (_lastNumber, _lastKind) = (header.Number, (RecordKind)header.Kind);
                }
            }

            validEnd = scanner.ValidEnd;
            _tornBytes += scanner.TornBytes;
            _corrupt += scanner.Corrupt;
        }

        // Also without a torn end: what was only flushed before the crash is committed now, so that the marks may begin behind it.
        disk.Truncate(entry.Name.ToString(), validEnd);
        return last;
    }

    /// <summary>A segment's head is durable before its first record: a file that is no longer than a head and has none never held one.</summary>
    private void DropStillborn(IDisk disk, SegmentName name)
    {
        long length;
        using (var file = disk.OpenRead(name.ToString()))
        {
            length = file.Length;
        }

        if (length <= SegmentHeader.Bytes)
        {
            disk.Delete(name.ToString());
        }
        else
        {
            _corrupt++;
        }
    }
}

using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>Walks one lane's segments: each record once, in order, and on into segments that appear later.</summary>
internal sealed class LaneReader(IDisk disk, LogLane lane, long from) : IDisposable
{
    private readonly LaneSegments _segments = new(disk, lane);
    private SegmentScanner? _scanner;
    private int _ordinal = -1;
    private long _until;
    private long _last = from - 1;
    private long _corruptBefore;
    private long _tornBefore;
    private long _bytesBefore;
    private long _totalBytes = -1;
    private bool _followed;
    private bool _loaded;

    public long Corrupt => _corruptBefore + (_scanner?.Corrupt ?? 0);

    /// <summary>Segments that end in the middle of a record, the current one included once it has been read to its end.</summary>
    public long Torn => _tornBefore + (!_loaded && _scanner is { TornBytes: > 0 } ? 1 : 0);

    /// <summary>Of the segments' files, damage and superseded records included.</summary>
    public long ReadBytes => _bytesBefore + (_scanner?.Position ?? 0);

    /// <summary>Of all segments' files when first asked.</summary>
    public long TotalBytes => _totalBytes < 0 ? _totalBytes = _segments.SizeBytes() : _totalBytes;

    /// <summary>Stands on the record that <see cref="TryLoad"/> loaded.</summary>
    public SegmentScanner Scanner => _scanner!;

    /// <summary>Loads the next record unless one is loaded.</summary>
    public bool TryLoad()
    {
        while (!_loaded)
        {
            if (_scanner is null || !_scanner.TryNext())
            {
                if (!TryMoveOn())
                {
                    return false;
                }
            }
            else if (_scanner.Header.Number > _last && _scanner.Header.Number < _until)
            {
                _last = _scanner.Header.Number;
                _loaded = true;
            }
        }

        return true;
    }

    /// <summary>Done with the loaded record.</summary>
    public void Consume() => _loaded = false;

    public void Dispose() => _scanner?.Dispose();

    /// <returns>False when there is nothing more now.</returns>
    private bool TryMoveOn()
    {
        // A segment is whole before the next one is made: once a next one is seen, the current one is read to its end a last time.
        if (_scanner is not null && _followed)
        {
            _corruptBefore += _scanner.Corrupt;
            _tornBefore += _scanner.TornBytes > 0 ? 1 : 0;
            _bytesBefore += _scanner.Position;
            _scanner.Dispose();
            _scanner = null;
        }

        var entries = _segments.List();
        if (_scanner is not null)
        {
            var current = entries.FindIndex(entry => entry.Name.Ordinal == _ordinal);
            _followed = entries.Exists(entry => entry.Name.Ordinal > _ordinal);
            _until = current < 0 ? _until : entries[current].Until;
            return _followed;
        }

        foreach (var entry in entries)
        {
            if (entry.Name.Ordinal > _ordinal && entry.Until > _last + 1 && _segments.Open(entry) is { } scanner)
            {
                _scanner = scanner;
                (_ordinal, _until) = (entry.Name.Ordinal, entry.Until);
                _followed = entry.Until != long.MaxValue;
                return true;
            }
        }

        return false;
    }
}

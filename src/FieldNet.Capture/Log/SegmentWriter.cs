using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>Puts one lane's chunks into segment files.</summary>
/// <remarks>
/// Threading: the commit thread. Errors: after any <see cref="IOException"/> call <see cref="Abandon"/>, then write everything since
/// the last successful <see cref="Sync"/> again: it goes to a new file, since nobody knows what the old one holds.
/// </remarks>
internal sealed class SegmentWriter(IDisk disk, LogLane lane, string site, int start, int lastOrdinal) : IDisposable
{
    private readonly byte[] _header = new byte[SegmentHeader.Bytes];
    private int _ordinal = lastOrdinal;
    private IDiskFile? _file;
    private SegmentPlan? _plan;
    private long _end;
    private bool _holdsCommitted;

    /// <summary>Of the segment begun last.</summary>
    public int Ordinal => _ordinal;

    /// <summary>Ends the open file if the chunk belongs to the next one.</summary>
    /// <returns>True when it did: everything written before is committed.</returns>
    public bool TryClose(Chunk next)
    {
        if (_file is null || _plan == next.Plan)
        {
            return false;
        }

        Sync();
        _file.Dispose();
        _file = null;
        return true;
    }

    public void Write(Chunk chunk)
    {
        if (_file is null)
        {
            Begin(chunk);
        }

        Append(chunk.Frames);
    }

    public void Sync()
    {
        _file?.Sync();
        _holdsCommitted = true;
    }

    public void Abandon()
    {
        _file?.Dispose();
        if (_file is not null && !_holdsCommitted)
        {
            try
            {
                disk.Delete(Name);
            }
            catch (IOException)
            {
                // It stays: readers take its records from the file that supersedes it.
            }
        }

        _file = null;
    }

    public void Dispose() => _file?.Dispose();

    private string Name => new SegmentName(lane, _ordinal).ToString();

    private void Begin(Chunk chunk)
    {
        _ordinal++;
        _holdsCommitted = false;
        _end = 0;
        _plan = chunk.Plan;
        _file = disk.Create(Name);
        new SegmentHeader(lane, site, start, _plan!.Salt, chunk.FirstNumber, chunk.FirstLogTimeUs).Write(_header);
        Append(_header);
        if (_plan.Begun)
        {
            Append(_plan.CopyDictionary());
        }

        _plan.Begun = true;
        // The head is durable before the first record: a file without one never held anything committed.
        _file.Sync();
        disk.SyncDirectory();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _file!.Write(bytes, _end);
        _end += bytes.Length;
    }
}

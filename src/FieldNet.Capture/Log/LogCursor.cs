namespace FieldNet.Capture.Log;

/// <summary>How far somebody has read the log: what lies behind is kept for them, within bounds.</summary>
/// <remarks>
/// Threading: one owner advances it; any thread reads.
/// Loss: when it lags by more than half the log's byte budget it is cut: the log no longer waits for it, and a <c>cursor_cut</c>
/// record says so. It holds again once it has caught up with where the log was then.
/// </remarks>
public sealed class LogCursor
{
    private readonly LogCursors _folder;
    private long _through;
    private long _cutAt;

    internal LogCursor(LogCursors folder, string name, long through, long cutAt) =>
        (_folder, Name, _through, _cutAt) = (folder, name, through, cutAt);

    public string Name { get; }

    /// <summary>Number of the last record that its owner is done with.</summary>
    public long Through => Volatile.Read(ref _through);

    /// <summary>Number of the log's last record when it was cut; 0 while it holds the log.</summary>
    public long CutAt => Volatile.Read(ref _cutAt);

    /// <summary>The owner is done with everything up to this number: flushed and committed on return, if the disk takes it.</summary>
    /// <remarks>Errors: none. A disk that does not take it keeps the place before, so more of the log is kept than need be, until the next call.</remarks>
    public void Advance(long through)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(through, Through);
        Volatile.Write(ref _through, through);
        if (through >= CutAt)
        {
            Volatile.Write(ref _cutAt, 0);
        }

        _folder.TrySave(this);
    }

    /// <summary>As <see cref="Advance"/>, by an owner that may have lost its own place and reads again what it was done with: that moves nothing.</summary>
    public void AdvanceTo(long through)
    {
        if (through > Through)
        {
            Advance(through);
        }
    }

    internal void Cut(long last)
    {
        Volatile.Write(ref _cutAt, last);
        _folder.TrySave(this);
    }
}

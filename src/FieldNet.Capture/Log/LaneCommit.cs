using System.Diagnostics;
using FieldNet.Telemetry.Ingress;

namespace FieldNet.Capture.Log;

/// <summary>One lane's commit: what was taken from its buffer and is not durable yet, and when it is tried again after a failure.</summary>
/// <remarks>Threading: the commit thread, except where a property says otherwise.</remarks>
internal sealed class LaneCommit(SegmentWriter writer, TimeSpan retryAfter) : IDisposable
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int MaxBackoff = 20;

    private readonly HashSet<IArrivalOwner> _awaiting = new(ReferenceEqualityComparer.Instance);
    private int _committed;
    private int _backoff = 1;
    private long _failedAt;

    public List<Chunk> Chunks { get; } = [];

    public HashSet<IArrivalOwner> Awaiting => _awaiting;

    public bool IsEmpty => Chunks.Count == 0;

    /// <summary>Ordinal of the segment begun last.</summary>
    public int Segments => writer.Ordinal;

    public CaptureFault Fault { get; private set; }

    public string Detail { get; private set; } = "";

    /// <summary>How long a failed commit still has to wait; zero without a failure.</summary>
    public TimeSpan RetryIn
    {
        get
        {
            var left = (_backoff * retryAfter) - Stopwatch.GetElapsedTime(_failedAt);
            return Fault == CaptureFault.None || left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <returns>False when the disk refused; everything taken is kept for the next try.</returns>
    public bool TryWrite()
    {
        if (IsEmpty)
        {
            return true;
        }

        try
        {
            for (var i = _committed; i < Chunks.Count; i++)
            {
                // What lies in a file that was ended in good order need not be written again, which would take its room twice.
                _committed = writer.TryClose(Chunks[i]) ? i : _committed;
                writer.Write(Chunks[i]);
            }

            writer.Sync();
            _committed = 0;
        }
        catch (IOException e)
        {
            writer.Abandon();
            _backoff = Fault == CaptureFault.None ? 1 : Math.Min(_backoff * 2, MaxBackoff);
            _failedAt = Stopwatch.GetTimestamp();
            Fault = e.HResult is NoSpace or QuotaExceeded ? CaptureFault.DiskFull : CaptureFault.DiskError;
            Detail = e.Message;
            return false;
        }

        Fault = CaptureFault.None;
        Detail = "";
        return true;
    }

    /// <summary>Tells every owner that waited.</summary>
    /// <param name="isLast">They need not be told again: it is durable.</param>
    public void Notify(bool isLast)
    {
        foreach (var owner in _awaiting)
        {
            owner.Committed();
        }

        if (isLast)
        {
            _awaiting.Clear();
        }
    }

    public void Dispose() => writer.Dispose();
}

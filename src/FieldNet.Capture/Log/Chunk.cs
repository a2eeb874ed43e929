namespace FieldNet.Capture.Log;

/// <summary>A run of whole frames of one segment, on its way to the disk.</summary>
internal sealed class Chunk(int bytes)
{
    public const int UsualBytes = 256 * 1024;

    private readonly byte[] _bytes = new byte[bytes];
    private int _used;

    /// <summary>The segment that the frames belong to; none while the chunk is free.</summary>
    public SegmentPlan? Plan { get; private set; }

    public long FirstNumber { get; private set; }

    public long FirstLogTimeUs { get; private set; }

    public bool IsUsual => _bytes.Length == UsualBytes;

    public ReadOnlySpan<byte> Frames => _bytes.AsSpan(0, _used);

    public void Begin(SegmentPlan? plan, long firstNumber, long firstLogTimeUs)
    {
        (Plan, FirstNumber, FirstLogTimeUs, _used) = (plan, firstNumber, firstLogTimeUs, 0);
    }

    public bool TryReserve(int bytes, out Span<byte> frame)
    {
        if (bytes > _bytes.Length - _used)
        {
            frame = default;
            return false;
        }

        frame = _bytes.AsSpan(_used, bytes);
        _used += bytes;
        return true;
    }
}

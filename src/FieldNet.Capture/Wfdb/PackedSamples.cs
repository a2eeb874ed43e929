namespace FieldNet.Capture.Wfdb;

/// <summary>The values of a signal file in one of the packed formats.</summary>
/// <remarks>Lifetime: owns the stream. Loss: what is left of a frame or of a sample at the end of the file is not read.</remarks>
internal sealed class PackedSamples(Stream file, int format, int samplesPerFrame) : ISampleSource
{
    private readonly byte[] _bytes = new byte[4096 * WfdbSampleFormat.GroupMultiple];
    private int[] _samples = [];
    private int _at;
    private bool _ended;

    public string? Damage => null;

    public int Read(Span<int> frames)
    {
        int read = 0;
        while (read < frames.Length && (_at < _samples.Length || TryFill()))
        {
            int count = Math.Min(frames.Length - read, _samples.Length - _at);
            _samples.AsSpan(_at, count).CopyTo(frames[read..]);
            _at += count;
            read += count;
        }
        return read - read % samplesPerFrame;
    }

    public void Dispose() => file.Dispose();

    /// <summary>Every fill but the last is a whole number of groups, so that each starts at the start of one.</summary>
    private bool TryFill()
    {
        if (_ended)
        {
            return false;
        }
        int length = file.ReadAtLeast(_bytes, _bytes.Length, throwOnEndOfStream: false);
        _ended = length < _bytes.Length;
        int count = WfdbSampleFormat.SamplesIn(format, length);
        if (count != _samples.Length)
        {
            _samples = new int[count];
        }
        WfdbSampleFormat.Unpack(format, _bytes.AsSpan(0, length), _samples);
        _at = 0;
        return count > 0;
    }
}

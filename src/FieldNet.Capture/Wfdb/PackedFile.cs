namespace FieldNet.Capture.Wfdb;

/// <summary>Writes a signal file in one of the packed formats.</summary>
internal sealed class PackedFile : IDisposable
{
    private readonly FileStream _file;
    private readonly int[] _samples = new int[1024 * WfdbSampleFormat.GroupMultiple];
    private readonly byte[] _bytes;
    private int _count;

    public PackedFile(string folder, string name, int format)
    {
        (Name, Format) = (name, format);
        _bytes = new byte[WfdbSampleFormat.BytesOf(format, _samples.Length)];
        _file = new FileStream(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public string Name { get; }

    public int Format { get; }

    public void Add(ReadOnlySpan<int> samples)
    {
        foreach (int value in samples)
        {
            if (_count == _samples.Length)
            {
                // A whole number of groups; only the last flush may be none.
                Flush();
            }
            _samples[_count++] = value;
        }
    }

    public void Flush()
    {
        var bytes = _bytes.AsSpan(0, WfdbSampleFormat.BytesOf(Format, _count));
        bytes.Clear();
        WfdbSampleFormat.Pack(Format, _samples.AsSpan(0, _count), bytes);
        _file.Write(bytes);
        _count = 0;
    }

    public void Dispose() => _file.Dispose();
}

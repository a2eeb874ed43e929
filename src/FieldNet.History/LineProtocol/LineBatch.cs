using System.Buffers;
using System.IO.Compression;

namespace FieldNet.History.LineProtocol;

/// <summary>Lines that go to the server in one request.</summary>
/// <remarks>Bounded by its user, who asks <see cref="IsFull"/>; the buffer is kept from one use to the next. Threading: one thread.</remarks>
public sealed class LineBatch
{
    /// <summary>Servers recommend about this many a request.</summary>
    public const int UsualLines = 5_000;

    /// <summary>Far below every server's limit (InfluxDB 25 MB, VictoriaMetrics 64 MiB), whatever the texts.</summary>
    private const int FullBytes = 2 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly List<int> _ends = [];

    /// <summary>Lines.</summary>
    public int Count => _ends.Count;

    /// <summary>No further record should be read into it.</summary>
    public bool IsFull => Count >= UsualLines || _bytes.WrittenCount >= FullBytes;

    /// <summary>Where a line is written; <see cref="EndLine"/> makes it one.</summary>
    internal IBufferWriter<byte> Output => _bytes;

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _ends.Clear();
    }

    internal void EndLine()
    {
        _bytes.Write("\n"u8);
        _ends.Add(_bytes.WrittenCount);
    }

    /// <summary>Lines <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1.</summary>
    internal ReadOnlyMemory<byte> Lines(int first, int count)
    {
        var start = first == 0 ? 0 : _ends[first - 1];
        return _bytes.WrittenMemory[start.._ends[first + count - 1]];
    }

    /// <inheritdoc cref="Lines"/>
    internal byte[] Gzip(int first, int count)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Lines(first, count).Span);
        }

        return packed.ToArray();
    }
}

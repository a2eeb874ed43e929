using System.Buffers;

namespace FieldNet.Mqtt.Transport;

/// <summary>What one connection writes at a time, before it goes to the socket; shared by all of a loop.</summary>
/// <remarks>Threading: the loop's thread. Shape: one array, which grows for large packets and shrinks behind the largest.</remarks>
internal sealed class OutputBuffer : IBufferWriter<byte>
{
    private const int UsualBytes = 128 * 1024;
    private const int KeptBytes = 1024 * 1024;

    private byte[] _bytes = new byte[UsualBytes];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[UsualBytes];
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Reserve(int bytes)
    {
        if (_bytes.Length - _length < Math.Max(bytes, 1))
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }
    }
}

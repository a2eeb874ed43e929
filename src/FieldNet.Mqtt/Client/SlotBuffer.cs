using System.Buffers;

namespace FieldNet.Mqtt.Client;

/// <summary>One packet's bytes, in an array that fits the largest so far.</summary>
internal sealed class SlotBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Room for exactly that much more, so that a window of large packets holds no more than them.</summary>
    public void Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, _length + bytes);
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}

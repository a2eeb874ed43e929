using System.Buffers;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Passes a batch of packets on to the transport's buffer and counts its bytes.</summary>
/// <remarks>Threading: the transport's write side.</remarks>
internal sealed class CountedOutput : IBufferWriter<byte>
{
    private IBufferWriter<byte> _target = null!;

    /// <summary>Written since <see cref="Begin"/>.</summary>
    public int Bytes { get; private set; }

    public void Begin(IBufferWriter<byte> target)
    {
        _target = target;
        Bytes = 0;
    }

    public void Advance(int count)
    {
        _target.Advance(count);
        Bytes += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _target.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _target.GetSpan(sizeHint);
}

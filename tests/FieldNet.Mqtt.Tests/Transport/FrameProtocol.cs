using System.Buffers;
using System.Buffers.Binary;
using FieldNet.Mqtt.Transport;

namespace FieldNet.Mqtt.Tests.Transport;

/// <summary>A protocol that is easy to check: frames of a length and a payload, sent back in order.</summary>
/// <remarks>It stops reading when the peer owes it too much attention, as the real one does.</remarks>
internal sealed class FrameProtocol(ITransport transport, FrameAcceptor acceptor) : IProtocol
{
    public const int HeaderBytes = 4;
    public const int MaxOwedBytes = 256 * 1024;

    /// <summary>Payload that has the protocol throw.</summary>
    public static readonly byte[] Bug = "bug"u8.ToArray();

    /// <summary>Payload that has the protocol end the connection.</summary>
    public static readonly byte[] End = "end"u8.ToArray();

    public static readonly byte[] Farewell = "farewell"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _owed = new();
    private int _owedBytes;
    private bool _isEnded;

    public ITransport Transport => transport;

    public bool IsEnded => Volatile.Read(ref _isEnded);

    public bool? WasReset { get; private set; }

    public bool IsCompleted { get; private set; }

    public int Writes { get; private set; }

    public int Received { get; private set; }

    public TimeSpan FarewellTimeout => acceptor.FarewellTimeout;

    public ReceiveStep Receive(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        while (!IsEnded && buffer.Length >= HeaderBytes)
        {
            if (acceptor.IsPaused || Volatile.Read(ref _owedBytes) >= MaxOwedBytes)
            {
                return ReceiveStep.Pause;
            }

            buffer.Slice(0, HeaderBytes).CopyTo(header);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (buffer.Length < HeaderBytes + length)
            {
                break;
            }

            var frame = buffer.Slice(0, HeaderBytes + length).ToArray();
            buffer = buffer.Slice(HeaderBytes + length);
            Received++;
            Take(frame);
        }

        return IsEnded ? ReceiveStep.Ended : ReceiveStep.ReadMore;
    }

    public void PeerClosed(bool reset)
    {
        WasReset ??= reset;
        Finish();
    }

    public bool Write(IBufferWriter<byte> output)
    {
        Writes++;
        var written = 0;
        while (written < 64 * 1024)
        {
            byte[] frame;
            lock (_lock)
            {
                if (!_owed.TryDequeue(out frame!))
                {
                    return false;
                }
            }

            output.Write(frame);
            written += frame.Length;
            if (Interlocked.Add(ref _owedBytes, -frame.Length) < MaxOwedBytes)
            {
                transport.WakeReader();
            }
        }

        return true;
    }

    public void WriteFarewell(IBufferWriter<byte> output) => output.Write(Farewell);

    public Task CompleteAsync()
    {
        IsCompleted = true;
        acceptor.Left();
        return acceptor.Completion;
    }

    /// <summary>As the endpoint's timer or a take-over would.</summary>
    public void Finish()
    {
        Volatile.Write(ref _isEnded, true);
        transport.WakeWriter();
        transport.WakeReader();
    }

    /// <summary>From another thread, as the broker would.</summary>
    public void Push(byte[] frame)
    {
        lock (_lock)
        {
            _owed.Enqueue(frame);
        }

        Interlocked.Add(ref _owedBytes, frame.Length);
        transport.WakeWriter();
    }

    private void Take(byte[] frame)
    {
        var payload = frame.AsSpan(HeaderBytes);
        if (payload.SequenceEqual(Bug))
        {
            throw new InvalidOperationException("a bug of the protocol");
        }

        if (payload.SequenceEqual(End))
        {
            Finish();
            return;
        }

        Push(frame);
    }
}

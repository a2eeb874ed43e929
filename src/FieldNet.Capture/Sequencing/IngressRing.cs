using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using FieldNet.Telemetry.Ingress;

namespace FieldNet.Capture.Sequencing;

/// <summary>The bounded ring between one connection and the sequencer.</summary>
/// <remarks>
/// Shape: records lie whole, one behind the other; one that does not fit before the buffer's end goes to its beginning.
/// Threading: one writer, one reader. A lock covers the positions; the reader works on records outside it, which is safe because the
/// writer never touches the part between the positions and leaves an outgrown buffer as it was.
/// Memory: none while idle; grows by doubling up to its bound and goes back to the pool once drained, so hundreds of quiet
/// connections cost nothing; the next one is as large as the last had to be. Full policy: wait.
/// </remarks>
internal sealed class IngressRing(long connection, string client, IArrivalOwner owner, int maxBytes, Action<IngressRing> ready) : IIngressLane
{
    private const int FirstBytes = 16 * 1024;

    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private int _usualBytes = FirstBytes;
    private int _capacity;
    private int _head;
    private int _tail;
    private bool _wrapped;
    private int _wanted;
    private bool _disposed;
    private bool _announced;
    private bool _viewed;
    private TaskCompletionSource? _waiting;

    public long Connection => connection;

    public string Client => client;

    public IArrivalOwner Owner => owner;

    /// <summary>What the ring holds on to now, bytes.</summary>
    public int BufferBytes => _buffer.Length;

    /// <inheritdoc/>
    public bool TryPost(in Arrival arrival)
    {
        var length = RingRecord.LengthOf(in arrival);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, maxBytes, nameof(arrival));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (!TryPlace(length))
            {
                if (_capacity >= maxBytes)
                {
                    _wanted = length;
                    return false;
                }

                Grow(length);
            }

            RingRecord.Write(in arrival, _buffer.AsSpan(_tail, length));
            _tail += length;
            if (_announced)
            {
                return true;
            }

            _announced = true;
        }

        ready(this);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_disposed || HasRoom(_wanted))
            {
                return ValueTask.CompletedTask;
            }

            _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_waiting.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>No more will be posted; what is there is still taken.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            ReleaseWaiting();
            ReturnBufferIfDrained();
        }
    }

    /// <summary>What can be read now, without the lock, until <see cref="Release"/>.</summary>
    public RingView View()
    {
        lock (_gate)
        {
            _viewed = true;
            return new RingView(_buffer, _capacity, _head, _tail, _wrapped);
        }
    }

    /// <summary>Gives back what the view has read.</summary>
    /// <returns>True when records are left; the ring then stays announced and the caller must come back.</returns>
    public bool Release(in RingView view)
    {
        lock (_gate)
        {
            _viewed = false;
            if (ReferenceEquals(view.Buffer, _buffer))
            {
                (_head, _wrapped) = (view.Position, _wrapped && !view.PassedEnd);
            }
            else
            {
                // It grew meanwhile, which laid the records out anew from 0.
                _head += view.BytesRead;
            }

            if (_head == _tail && !_wrapped)
            {
                _announced = false;
                ReturnBufferIfDrained();
            }

            if (_waiting is not null && HasRoom(_wanted))
            {
                ReleaseWaiting();
            }

            return _announced;
        }
    }

    /// <summary>Finds a place for the record: <see cref="_tail"/> is where it goes.</summary>
    private bool TryPlace(int length)
    {
        if (_wrapped)
        {
            return _head - _tail >= length;
        }

        if (_capacity - _tail >= length)
        {
            return true;
        }

        if (_head < length)
        {
            return false;
        }

        if (_capacity - _tail >= sizeof(int))
        {
            MemoryMarshal.Write(_buffer.AsSpan(_tail), 0);
        }

        (_tail, _wrapped) = (0, true);
        return true;
    }

    private bool HasRoom(int length) =>
        _wrapped ? _head - _tail >= length : maxBytes - _tail >= length || _head >= length;

    private void Grow(int length)
    {
        var capacity = Math.Min(maxBytes, Math.Max(_usualBytes, _capacity * 2));
        while (capacity < maxBytes && capacity < length)
        {
            capacity = Math.Min(capacity * 2, maxBytes);
        }

        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        var view = new RingView(_buffer, _capacity, _head, _tail, _wrapped);
        var used = 0;
        for (; view.TryPeek(out var record); view.Advance())
        {
            record.CopyTo(larger.AsSpan(used));
            used += record.Length;
        }

        if (!_viewed && _capacity > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        // Otherwise the old buffer is left to the garbage collector: the reader is still looking at it.
        (_buffer, _capacity, _head, _tail, _wrapped) = (larger, capacity, 0, used, false);
    }

    private void ReturnBufferIfDrained()
    {
        if (_head == _tail && !_wrapped && _capacity > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _usualBytes = Math.Max(FirstBytes, (int)BitOperations.RoundUpToPowerOf2((uint)_tail));
            (_buffer, _capacity, _head, _tail) = ([], 0, 0, 0);
        }
    }

    private void ReleaseWaiting()
    {
        _waiting?.TrySetResult();
        _waiting = null;
    }
}

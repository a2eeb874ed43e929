namespace FieldNet.Capture.Packets;

/// <summary>Puts one direction of a TCP connection in order: retransmissions dropped, overlaps trimmed, late segments waited for.</summary>
/// <remarks>
/// Loss: a gap is given up when the other side has acknowledged what is missing (it was sent and not captured), when too much waits behind
/// it, or at the end. Where copies of one byte differ, the one of the segment that begins first counts.
/// Joining: without the SYN the first segment seen is the beginning.
/// </remarks>
internal sealed class TcpReassembler(IByteStream stream, CaptureLimits limits, CaptureBudget budget)
{
    /// <summary>Further ahead than any window allows: not of this connection.</summary>
    private const int MaxAhead = 1 << 30;

    /// <summary>What a kept segment takes beside its bytes: many tiny ones must not get by the limit.</summary>
    private const int PendingOverheadBytes = 64;

    private readonly List<Pending> _pending = [];
    private int _pendingBytes;
    private uint _next;
    private uint _acknowledged;
    private bool _isAcknowledged;
    private uint? _end;

    public bool IsStarted { get; private set; }

    /// <summary>The SYN was captured: the stream is whole from its first byte.</summary>
    public bool HasBeginning { get; private set; }

    /// <summary>All up to the FIN has been handed on.</summary>
    public bool IsFinished => _end == _next;

    public void Accept(in TcpSegment segment)
    {
        var sequence = segment.Sequence;
        if (segment.IsSyn)
        {
            sequence++;
            if (!IsStarted)
            {
                HasBeginning = true;
            }
        }

        if (!IsStarted)
        {
            _next = sequence;
            IsStarted = true;
        }

        if (segment.IsFin)
        {
            _end = sequence + (uint)segment.SentBytes;
        }

        if (!segment.Payload.IsEmpty)
        {
            Accept(sequence, segment.Payload);
        }
    }

    /// <summary>The other side has received all before this number.</summary>
    public void Acknowledged(uint number)
    {
        if (!_isAcknowledged || (int)(number - _acknowledged) > 0)
        {
            _acknowledged = number;
            _isAcknowledged = true;
        }
    }

    /// <summary>Nothing more comes: hands on what waits, with its gaps.</summary>
    public void Finish()
    {
        while (_pending.Count > 0)
        {
            LoseUpToPending();
        }

        // What was acknowledged but never seen; a FIN counts as one byte, and so does one that was not captured itself.
        if (IsStarted && _isAcknowledged && (int)(_acknowledged - _next) is > 1 and < MaxAhead)
        {
            Lose(_acknowledged - (_end is null ? 0u : 1u));
        }
    }

    private void Accept(uint sequence, ReadOnlySpan<byte> payload)
    {
        var ahead = (int)(sequence - _next);
        if (ahead is > MaxAhead or < -MaxAhead)
        {
            return;
        }

        if (ahead <= 0)
        {
            if (-ahead < payload.Length)
            {
                Deliver(payload[-ahead..], startsSegment: ahead == 0);
                DeliverPending();
            }

            return;
        }

        // The peer already has what is missing here, so it will not be sent again.
        var isMissed = _isAcknowledged && (int)(_acknowledged - _next) > 0;
        Keep(sequence, payload);
        if (isMissed && _pending.Count > 0)
        {
            LoseUpToPending();
        }
    }

    private void Keep(uint sequence, ReadOnlySpan<byte> payload)
    {
        var bytes = payload.Length + PendingOverheadBytes;
        if (_pendingBytes + bytes > limits.MaxPendingBytes || !budget.HasRoomFor(bytes))
        {
            // Each time something is handed on, so this ends.
            Lose(_pending.Count > 0 && (int)(_pending[0].Sequence - sequence) < 0 ? _pending[0].Sequence : sequence);
            DeliverPending();
            Accept(sequence, payload);
            return;
        }

        var at = _pending.Count;
        while (at > 0 && (int)(_pending[at - 1].Sequence - sequence) > 0)
        {
            at--;
        }

        _pending.Insert(at, new Pending(sequence, payload.ToArray()));
        _pendingBytes += bytes;
        budget.Take(bytes);
    }

    private void LoseUpToPending()
    {
        Lose(_pending[0].Sequence);
        DeliverPending();
    }

    private void Lose(uint upTo)
    {
        var bytes = (int)(upTo - _next);
        if (bytes > 0)
        {
            stream.Lose(bytes);
            _next = upTo;
        }
    }

    private void DeliverPending()
    {
        var taken = 0;
        for (; taken < _pending.Count; taken++)
        {
            var (sequence, bytes) = _pending[taken];
            var ahead = (int)(sequence - _next);
            if (ahead > 0)
            {
                break;
            }

            _pendingBytes -= bytes.Length + PendingOverheadBytes;
            budget.Return(bytes.Length + PendingOverheadBytes);
            if (-ahead < bytes.Length)
            {
                Deliver(bytes.AsSpan(-ahead), startsSegment: ahead == 0);
            }
        }

        _pending.RemoveRange(0, taken);
    }

    private void Deliver(ReadOnlySpan<byte> bytes, bool startsSegment)
    {
        _next += (uint)bytes.Length;
        stream.Take(bytes, startsSegment);
    }

    private readonly record struct Pending(uint Sequence, byte[] Bytes);
}

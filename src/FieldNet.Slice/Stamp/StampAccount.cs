using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Stamp;

/// <summary>Accounts for each packet of a session: where it was lost, how long it took, whether it came out of turn or twice.</summary>
/// <remarks>
/// A packet is judged once, when its time to come back is over: later it is lost, whatever still comes. A loss is there or back by the stateful
/// reflector's own count, told when the next packet comes through: then in that report, until then null.
/// Threading: one thread at a time. Units: nanoseconds in, milliseconds out.
/// Source: RFC 4737 (reordering), RFC 3550 section 6.4.1 (jitter), RFC 5481 (delay variation above the fastest).
/// </remarks>
/// <param name="capacity">Packets that can be on their way; with more the oldest is judged early.</param>
internal sealed class StampAccount(int capacity, long timeoutNs)
{
    private readonly Slot[] _slots = new Slot[capacity];
    private readonly ReflectorCount _reflector = new(4 * capacity);
    private readonly PathVariation _there = new(), _back = new();
    private readonly List<double> _rttMs = [];
    private ulong _next;
    private ulong _judged;
    private ulong _expected;
    private bool _firstCameTwice;
    private double _jitterMs;
    private double _lastRttMs = double.NaN;
    private double _bestRttMs = double.PositiveInfinity;
    private double _offsetMs;
    private int _sent, _received, _reordered, _duplicates;

    /// <summary>Answers that fit no packet on its way: too late, or of another's making.</summary>
    public long Strays { get; private set; }

    /// <summary>Round trips since the last report, in the order in which they ended.</summary>
    public IReadOnlyList<double> RttMs => _rttMs;

    public uint NextSequence => (uint)_next;

    /// <summary>All packets are judged: nothing more can come.</summary>
    public bool IsSettled => _judged == _next;

    public void Sent(long nowNs, ulong sentBits)
    {
        if (_next - _judged == (ulong)capacity)
        {
            JudgeNext();
        }

        _slots[_next % (ulong)capacity] = new Slot { SentNs = nowNs, SentBits = sentBits };
        _next++;
    }

    /// <param name="nowNs">Monotonic.</param>
    /// <param name="utcNs">T4.</param>
    public void Received(in ReflectorPacket answer, long nowNs, long utcNs)
    {
        Judge(nowNs);
        var sequence = _next - (uint)((uint)_next - answer.Request.Sequence);
        if (sequence >= _next || sequence < _judged || _next - sequence > (ulong)capacity)
        {
            Strays++;
            return;
        }

        ref var slot = ref _slots[sequence % (ulong)capacity];
        if (slot.SentBits != answer.Request.SentBits)
        {
            Strays++;
            return;
        }

        _reflector.Saw(answer.Sequence, answer.Request.Sequence);
        if (slot.IsReceived)
        {
            // The first goes twice, so that a reflector which counts shows it at once.
            _duplicates += sequence == 0 && !_firstCameTwice ? 0 : 1;
            _firstCameTwice |= sequence == 0;
            return;
        }

        (slot.IsReceived, slot.ReflectorSequence) = (true, answer.Sequence);
        _reordered += sequence < _expected ? 1 : 0;
        _expected = Math.Max(_expected, sequence + 1);
        Measure(answer, slot.SentNs, nowNs, utcNs);
    }

    /// <summary>Closes the book on all whose time is over.</summary>
    public void Judge(long nowNs)
    {
        while (_judged < _next && _slots[_judged % (ulong)capacity].SentNs + timeoutNs <= nowNs)
        {
            JudgeNext();
        }
    }

    /// <summary>What was judged, and what came back, since the last report.</summary>
    public ProbeReport Report(string session, string target, int? dscp, long nowNs)
    {
        Judge(nowNs);
        var (there, back) = _reflector.TakeLosses();
        _rttMs.Sort();
        var measured = _rttMs.Count > 0;
        return new ProbeReport
        {
            Session = session,
            Target = target,
            Dscp = dscp,
            Sent = _sent,
            Received = _received,
            LostThere = there,
            LostBack = back,
            Reordered = _reordered,
            Duplicates = _duplicates,
            RttMinMs = measured ? Rounded(_rttMs[0]) : null,
            RttMedianMs = measured ? Rounded(Percentile.Of(_rttMs, 0.5)) : null,
            RttP98Ms = measured ? Rounded(Percentile.Of(_rttMs, 0.98)) : null,
            RttMaxMs = measured ? Rounded(_rttMs[^1]) : null,
            JitterMs = measured ? Rounded(_jitterMs) : null,
            VariationThereMs = _there.TakeMs() is { } there98 ? Rounded(there98) : null,
            VariationBackMs = _back.TakeMs() is { } back98 ? Rounded(back98) : null,
            OffsetMs = measured ? Rounded(_offsetMs) : null,
        };
    }

    /// <summary>Behind <see cref="Report"/>: the next one begins.</summary>
    public void Clear()
    {
        _rttMs.Clear();
        _bestRttMs = double.PositiveInfinity;
        (_sent, _received, _reordered, _duplicates) = (0, 0, 0, 0);
    }

    private static double Rounded(double ms) => Math.Round(ms, 4);

    private void Measure(in ReflectorPacket answer, long sentNs, long nowNs, long utcNs)
    {
        var t1 = StampTime.ToUnixNs(answer.Request.SentBits, isPtp: false);
        var t2 = StampTime.ToUnixNs(answer.ReceivedBits, answer.Error.IsPtp);
        var t3 = StampTime.ToUnixNs(answer.SentBits, answer.Error.IsPtp);

        // Each side's span by its own clock. Ours is the monotonic one: a step of the wall clock is no delay.
        var rttMs = Math.Max(0, nowNs - sentNs - (t3 - t2)) / 1e6;
        _rttMs.Add(rttMs);
        _jitterMs += double.IsNaN(_lastRttMs) ? 0 : (Math.Abs(rttMs - _lastRttMs) - _jitterMs) / 16;
        _lastRttMs = rttMs;
        _there.Add((t2 - t1) / 1e6);
        _back.Add((utcNs - t3) / 1e6);
        if (rttMs < _bestRttMs)
        {
            // The fastest packet waited least in queues, which lie on one side more often than on both.
            (_bestRttMs, _offsetMs) = (rttMs, (t2 - t1 + (t3 - utcNs)) / 2e6);
        }
    }

    private void JudgeNext()
    {
        ref readonly var slot = ref _slots[_judged % (ulong)capacity];
        _judged++;
        _sent++;
        if (slot.IsReceived)
        {
            _received++;
            _reflector.Came(slot.ReflectorSequence);
        }
        else
        {
            _reflector.Lost();
        }
    }

    private struct Slot
    {
        public long SentNs;
        public ulong SentBits;
        public uint ReflectorSequence;
        public bool IsReceived;
    }
}

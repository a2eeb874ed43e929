using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Bedside.Devices;

/// <summary>The way from one device to its sockets, with the recorded delay and the faults that lie on it.</summary>
/// <remarks>
/// Numbers a message and stamps the time of sending as it takes it over; what a fault then does to it looks like the network.
/// Loss: without a connection, or with a full one, a message is dropped and counted, and its number is used for the next.
/// Threading: the scheduler's thread.
/// </remarks>
/// <param name="setup">What it shares with the others.</param>
/// <param name="place">Whose link it is.</param>
internal sealed class FaultyLink(BedSetup setup, DevicePlace place)
{
    /// <summary>Full: the newest is dropped. Half a minute of one bed at twice the full rate.</summary>
    private const int MostDelayed = 2048;

    /// <summary>Full: the oldest is dropped. Four minutes of numbers.</summary>
    private const int MostKept = 256;

    /// <summary>One that is overtaken, or sent once more, comes this much later.</summary>
    private const double AsideLeastMs = 1_200, AsideMostMs = 2_800, AgainLeastMs = 10, AgainMostMs = 200;

    private readonly Queue<(long ReleaseUs, MessageStream Stream, byte[] Payload, ulong Seq)> _delayed = new();

    /// <summary>Out of order: overtaken ones and repetitions. Bounded together with those in order.</summary>
    private readonly PriorityQueue<(MessageStream Stream, byte[] Payload, ulong Seq), long> _aside = new();
    private readonly Queue<(MessageStream Stream, IMessage Message, Stamp Stamp)> _kept = new();
    private readonly Fault[] _faults = [.. setup.Faults.Where(fault => fault.Touches(place)).OrderBy(fault => fault.At)];
    private readonly Fault[] _sensorFaults = [.. setup.Faults.Where(fault => fault.Subject.StartsWith(place.Subject + "/", StringComparison.Ordinal))];
    private readonly Random _random = setup.Random;
    private byte[] _buffer = new byte[4096];
    private int _over;
    private FaultEffect _effect;
    private long _lastReleaseUs;

    /// <summary>Nothing waits here.</summary>
    public bool IsIdle => _delayed.Count == 0 && _kept.Count == 0 && _aside.Count == 0;

    /// <summary>What the faults do now.</summary>
    public FaultEffect Effect => _effect;

    /// <summary>The sockets must be reset, and stay closed.</summary>
    public bool IsCut => _effect.Disconnected;

    /// <summary>Lets faults begin and end, and sends what is due.</summary>
    /// <returns>True when the last message that an outage held back has just been sent.</returns>
    public bool Pump(long nowUs)
    {
        var now = TimeSpan.FromMicroseconds(nowUs);
        while (_over < _faults.Length && _faults[_over].End <= now)
        {
            _over++;
        }
        _effect = FaultEffect.Of(_faults.AsSpan(_over), now);
        while (_delayed.TryPeek(out var next) && next.ReleaseUs <= nowUs && !_effect.Silent)
        {
            _delayed.Dequeue();
            Release(next.Stream, next.Payload, next.Seq);
        }
        while (_aside.TryPeek(out var late, out long releaseUs) && releaseUs <= nowUs && !_effect.Silent)
        {
            _aside.Dequeue();
            Release(late.Stream, late.Payload, late.Seq);
        }
        bool backlog = _kept.Count > 0;
        while (!_effect.Burst && !_effect.Silent && _kept.TryPeek(out var kept))
        {
            kept.Stamp.Historical = true;
            if (!Number(kept.Stream, kept.Message, kept.Stamp, nowUs))
            {
                break;
            }
            _kept.Dequeue();
        }
        return backlog && _kept.Count == 0;
    }

    /// <param name="keep">Worth keeping during an outage.</param>
    /// <returns>False if it went nowhere, and should be sent again if it matters.</returns>
    public bool Send(MessageStream stream, IMessage message, Stamp stamp, long nowUs, bool keep)
    {
        if (_effect.Burst && keep)
        {
            if (_kept.Count == MostKept)
            {
                _kept.Dequeue();
                setup.Traffic.CountDropped();
            }
            _kept.Enqueue((stream, message, stamp));
            return true;
        }
        bool goesOn = !_effect.Silent || _effect.Form is OutageForm.Lost or OutageForm.Held;
        if (!goesOn || _effect.Burst || stream.Connection.Open is null || IsSensorOff(stream, nowUs) || !Number(stream, message, stamp, nowUs))
        {
            setup.Traffic.CountDropped();
            return false;
        }
        return true;
    }

    private bool IsSensorOff(MessageStream stream, long nowUs) => _sensorFaults.Length > 0
        && Array.Exists(_sensorFaults, fault => fault.IsActive(TimeSpan.FromMicroseconds(nowUs)) && stream.Topic.EndsWith(fault.Subject[place.Subject.Length..], StringComparison.Ordinal));

    private bool Number(MessageStream stream, IMessage message, Stamp stamp, long nowUs)
    {
        long errorUs = _effect.ClockError.Ticks / TimeSpan.TicksPerMicrosecond;
        stamp.Seq = stream.Seq + 1;
        stamp.SentTimeUs = setup.Clock.UtcUs(setup.Clock.ElapsedUs) + errorUs;
        stamp.DeviceTimeUs += errorUs;
        int size = message.CalculateSize();
        if (size > _buffer.Length)
        {
            _buffer = new byte[2 * size];
        }
        var payload = _buffer.AsSpan(0, size);
        message.WriteTo(payload);
        bool gone = (_effect.Silent && _effect.Form == OutageForm.Lost) || Happens(_effect.LossShare) || PutAside(stream, payload, stamp.Seq, nowUs)
            || Delay(stream, payload, stamp.Seq, nowUs) || Publish(stream, payload, stamp.Seq);
        stream.Seq += gone ? 1ul : 0;
        return gone;
    }

    private bool Happens(double share) => share > 0 && _random.NextDouble() < share;

    /// <returns>True if it will be overtaken. One that is to come twice is copied here, and goes its way.</returns>
    private bool PutAside(MessageStream stream, ReadOnlySpan<byte> payload, ulong seq, long nowUs)
    {
        bool isOvertaken = Happens(_effect.ReorderShare);
        if ((!isOvertaken && !Happens(_effect.DuplicateShare)) || _aside.Count == MostDelayed)
        {
            return false;
        }
        double laterMs = isOvertaken ? _random.Between(AsideLeastMs, AsideMostMs) : _random.Between(AgainLeastMs, AgainMostMs) + DelayMs(nowUs);
        _aside.Enqueue((stream, payload.ToArray(), seq), nowUs + (long)(laterMs * 1000));
        return isOvertaken;
    }

    /// <returns>True if it waits, or would overtake one that waits: a socket keeps order.</returns>
    private bool Delay(MessageStream stream, ReadOnlySpan<byte> payload, ulong seq, long nowUs)
    {
        double delayMs = DelayMs(nowUs);
        if (delayMs == 0 && _delayed.Count == 0 && !_effect.Silent)
        {
            return false;
        }
        if (_delayed.Count == MostDelayed)
        {
            setup.Traffic.CountDropped();
            return true;
        }
        _lastReleaseUs = Math.Max(_delayed.Count == 0 ? 0 : _lastReleaseUs, nowUs + (long)(delayMs * 1000));
        _delayed.Enqueue((_lastReleaseUs, stream, payload.ToArray(), seq));
        return true;
    }

    private double DelayMs(long nowUs) =>
        (setup.Path?.OneWayMs(nowUs) ?? 0) + _effect.LatencyMs
        + (_effect.JitterMs > 0 ? _effect.JitterMs * _random.NextDouble() : 0)
        + (_effect.TailMs > 0 ? _random.Exponential(_effect.TailMs) : 0);

    private void Release(MessageStream stream, ReadOnlySpan<byte> payload, ulong seq)
    {
        if (!Publish(stream, payload, seq))
        {
            setup.Traffic.CountDropped();
        }
    }

    private bool Publish(MessageStream stream, ReadOnlySpan<byte> payload, ulong seq)
    {
        ulong token = AckToken.Of(stream.Id, seq, setup.Clock.ElapsedUs).Pack();
        if (stream.Connection.Open?.TryPublish(stream.TopicUtf8, payload, stream.Qos, stream.Retain, token) != true)
        {
            return false;
        }
        setup.Traffic.CountSent(stream.TopicUtf8.Length + payload.Length, stream.Qos > 0);
        return true;
    }
}

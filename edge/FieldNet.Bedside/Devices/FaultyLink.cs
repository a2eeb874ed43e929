using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Faults;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Bedside.Devices;

/// <summary>The way from one device to its sockets, with the faults that lie on it.</summary>
/// <remarks>
/// Numbers a message and stamps the time of sending as it takes it over; what a fault then does to it looks like the network.
/// Loss: without a connection, or with a full one, a message is dropped and counted, and its number is used for the next.
/// Threading: the scheduler's thread.
/// </remarks>
internal sealed class FaultyLink(Traffic traffic, SimulationClock clock, IEnumerable<Fault> faults, Random random)
{
    /// <summary>Full: the newest is dropped. Half a minute of one bed at twice the full rate.</summary>
    private const int MostDelayed = 2048;

    /// <summary>Full: the oldest is dropped. Four minutes of numbers.</summary>
    private const int MostKept = 256;

    private readonly Queue<(long ReleaseUs, MessageStream Stream, byte[] Payload, ulong Seq)> _delayed = new();
    private readonly Queue<(MessageStream Stream, IMessage Message, Stamp Stamp)> _kept = new();
    private readonly Fault[] _faults = [.. faults.OrderBy(f => f.At)];
    private byte[] _buffer = new byte[4096];
    private int _over;
    private FaultEffect _effect;
    private long _lastReleaseUs;

    /// <summary>Nothing waits here.</summary>
    public bool IsIdle => _delayed.Count == 0 && _kept.Count == 0;

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
            if (!Publish(next.Stream, next.Payload, next.Seq))
            {
                traffic.CountDropped();
            }
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
                traffic.CountDropped();
            }
            _kept.Enqueue((stream, message, stamp));
            return true;
        }
        if (_effect.Silent || _effect.Burst || stream.Connection.Open is null)
        {
            traffic.CountDropped();
            return false;
        }
        if (Number(stream, message, stamp, nowUs))
        {
            return true;
        }
        traffic.CountDropped();
        return false;
    }

    private bool Number(MessageStream stream, IMessage message, Stamp stamp, long nowUs)
    {
        stamp.Seq = stream.Seq + 1;
        stamp.SentTimeUs = clock.UtcUs(clock.ElapsedUs);
        int size = message.CalculateSize();
        if (size > _buffer.Length)
        {
            _buffer = new byte[2 * size];
        }
        var payload = _buffer.AsSpan(0, size);
        message.WriteTo(payload);
        bool gone = _effect.LossShare > 0 && random.NextDouble() < _effect.LossShare || Delay(stream, payload, stamp.Seq, nowUs)
            || Publish(stream, payload, stamp.Seq);
        stream.Seq += gone ? 1ul : 0;
        return gone;
    }

    /// <returns>True if it waits, or would overtake one that waits: a socket keeps order.</returns>
    private bool Delay(MessageStream stream, ReadOnlySpan<byte> payload, ulong seq, long nowUs)
    {
        double delayMs = _effect.LatencyMs + (_effect.JitterMs > 0 ? _effect.JitterMs * random.NextDouble() : 0);
        if (delayMs == 0 && _delayed.Count == 0)
        {
            return false;
        }
        if (_delayed.Count == MostDelayed)
        {
            traffic.CountDropped();
            return true;
        }
        _lastReleaseUs = Math.Max(_delayed.Count == 0 ? 0 : _lastReleaseUs, nowUs + (long)(delayMs * 1000));
        _delayed.Enqueue((_lastReleaseUs, stream, payload.ToArray(), seq));
        return true;
    }

    private bool Publish(MessageStream stream, ReadOnlySpan<byte> payload, ulong seq)
    {
        ulong token = AckToken.Of(stream.Id, seq, clock.ElapsedUs).Pack();
        if (stream.Connection.Open?.TryPublish(stream.TopicUtf8, payload, stream.Qos, stream.Retain, token) != true)
        {
            return false;
        }
        traffic.CountSent(stream.TopicUtf8.Length + payload.Length, stream.Qos > 0);
        return true;
    }
}

using System.Net;

namespace FieldNet.Slice.Stamp;

/// <summary>Turns requests into answers: the Session-Reflector without its socket.</summary>
/// <remarks>
/// No amplifier: an answer is never larger than its request; what stands behind the packet goes back as it came.
/// Bounded: past <see cref="MaxSessions"/> a new sender is answered as by a stateless reflector; a session is forgotten after <see cref="IdleS"/> of silence.
/// Threading: one thread. Errors: what is too short, or has a wrong HMAC, has no answer and is counted.
/// </remarks>
/// <param name="key">Null answers unauthenticated packets only.</param>
/// <param name="isStateless">Answer with the sender's own number: nothing is kept, and nobody can tell losses there from losses back.</param>
public sealed class StampReflection(StampKey? key, bool isStateless = false)
{
    public const int MaxSessions = 4096;
    public const int IdleS = 300;

    private const long NsPerS = 1_000_000_000;

    private readonly Dictionary<(SocketAddress Sender, ushort Ssid), Session> _sessions = [];
    private long _sweptNs;

    /// <summary>Requests answered.</summary>
    public long Reflected { get; private set; }

    /// <summary>Requests without an answer: too short, or the HMAC was wrong.</summary>
    public long Dropped { get; private set; }

    public int Sessions => _sessions.Count;

    /// <summary>Takes in a request and says what is to be answered, but for T3.</summary>
    /// <param name="sender">Address and port; copied where it is kept.</param>
    /// <param name="ttl">Of the request; 0 unknown.</param>
    /// <param name="receivedNs">T2, UTC.</param>
    public bool TryTake(ReadOnlySpan<byte> request, SocketAddress sender, byte ttl, long receivedNs, out ReflectorPacket answer)
    {
        if (!SenderPacket.TryRead(request, key, out var packet))
        {
            Dropped++;
            answer = default;
            return false;
        }

        Reflected++;
        answer = new ReflectorPacket(
            isStateless ? packet.Sequence : Count(sender, packet, receivedNs), 0, ErrorEstimate.Unsynchronized, StampTime.ToBits(receivedNs, isPtp: false), packet, ttl);
        return true;
    }

    /// <summary>Writes the answer over its request, whose size it keeps.</summary>
    /// <param name="sentNs">T3, UTC: read as late as can be.</param>
    public void Write(in ReflectorPacket answer, Span<byte> request, long sentNs) => (answer with { SentBits = StampTime.ToBits(sentNs, isPtp: false) }).Write(request, key);

    private uint Count(SocketAddress sender, in SenderPacket packet, long nowNs)
    {
        Sweep(nowNs);
        if (!_sessions.TryGetValue((sender, packet.Ssid), out var session))
        {
            if (_sessions.Count >= MaxSessions)
            {
                return packet.Sequence;
            }

            var kept = new SocketAddress(sender.Family, sender.Size);
            sender.Buffer.Span[..sender.Size].CopyTo(kept.Buffer.Span);
            _sessions.Add((kept, packet.Ssid), session = new Session());
        }

        session.UsedNs = nowNs;
        return session.Next++;
    }

    private void Sweep(long nowNs)
    {
        if (Math.Abs(nowNs - _sweptNs) < NsPerS)
        {
            return;
        }

        _sweptNs = nowNs;
        foreach (var (name, session) in _sessions)
        {
            if (nowNs - session.UsedNs > IdleS * NsPerS)
            {
                _sessions.Remove(name);
            }
        }
    }

    private sealed class Session
    {
        public uint Next { get; set; }

        public long UsedNs { get; set; }
    }
}

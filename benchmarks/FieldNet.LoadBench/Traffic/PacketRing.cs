namespace FieldNet.LoadBench.Traffic;

/// <summary>One publisher's packets, encoded side by side, so that a batch is one patch of a few bytes each and one send.</summary>
internal sealed class PacketRing
{
    private readonly StampedPacket[] _streams;
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly ulong[] _seqs;
    private int _next;
    private ushort _packetId;

    /// <param name="streams">Sent in turn.</param>
    /// <param name="packets">How many lie ready; a multiple of the streams.</param>
    /// <param name="topics">1: all are on one topic and share its sequence; default: each has one of its own.</param>
    public PacketRing(StampedPacket[] streams, int packets, int? topics = null)
    {
        _streams = streams;
        _ends = new int[packets];
        _seqs = new ulong[topics ?? streams.Length];
        Array.Fill(_seqs, StampedPacket.FirstSeq);
        var end = 0;
        for (var i = 0; i < packets; i++)
        {
            _ends[i] = end += StreamOf(i).Length;
        }

        _bytes = new byte[end];
        for (var i = 0; i < packets; i++)
        {
            StreamOf(i).CopyTo(_bytes.AsSpan(StartOf(i)));
        }
    }

    public int Packets => _ends.Length;

    /// <summary>The next packets, at most as many as asked for; valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int most, out int taken)
    {
        var sentUs = Clock.UtcUs;
        var first = _next;
        taken = Math.Min(most, Packets - first);
        for (_next = first; _next < first + taken; _next++)
        {
            _packetId = _packetId == ushort.MaxValue ? (ushort)1 : (ushort)(_packetId + 1);
            StreamOf(_next).Patch(_bytes.AsSpan(StartOf(_next)), _seqs[_next % _seqs.Length]++, sentUs, _packetId);
        }

        var end = _ends[_next - 1];
        _next = _next == Packets ? 0 : _next;
        return _bytes.AsSpan(StartOf(first), end - StartOf(first));
    }

    private StampedPacket StreamOf(int packet) => _streams[packet % _streams.Length];

    private int StartOf(int packet) => packet == 0 ? 0 : _ends[packet - 1];
}

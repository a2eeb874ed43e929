using FieldNet.Slice.Stamp;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Tests.Stamp;

/// <summary>The account of a session, packet by packet, against a channel whose every deed is known.</summary>
public sealed class StampAccountTests
{
    private const long Ms = 1_000_000;
    private const long UtcNs = 1_795_000_000_000_000_000;

    private readonly StampAccount _account = new(1024, timeoutNs: 3000 * Ms);
    private readonly StampReflection _reflection = new(null);

    [Fact]
    public void Report_KnownTimes_GivesRoundTripJitterAndOffset()
    {
        // 10 ms there, 2 ms in the reflector whose clock is 500 ms ahead, 4 ms back; then 6 ms longer there.
        Exchange(0, atMs: 0, thereMs: 10, backMs: 4, aheadMs: 500, heldMs: 2);
        Exchange(1, atMs: 100, thereMs: 16, backMs: 4, aheadMs: 500, heldMs: 2);

        var report = Report(200);

        Assert.Equal((14.0, 20.0), (report.RttMinMs, report.RttMaxMs));
        Assert.Equal(6.0 / 16, report.JitterMs);
        Assert.Equal(503.0, report.OffsetMs);
        Assert.Equal((6.0, 0.0), (report.VariationThereMs, report.VariationBackMs));
        Assert.Equal(0, report.Sent);
    }

    [Fact]
    public void Report_TimeIsNotOver_JudgesNoPacket()
    {
        _account.Sent(0, 1);

        Assert.Equal(0, Report(2999).Sent);
        var judged = Report(3000);
        Assert.Equal((1, 0), (judged.Sent, judged.Received));
        Assert.Null(judged.RttMedianMs);
    }

    [Fact]
    public void Received_BehindTheTimeout_StaysLost()
    {
        Exchange(0, 0, thereMs: 3001, backMs: 0);

        var report = Report(4000);

        Assert.Equal((1, 0), (report.Sent, report.Received));
        Assert.Equal(1, _account.Strays);
    }

    [Fact]
    public void Received_WhatWasNeverSent_IsAStray()
    {
        _account.Sent(0, 1);
        _account.Received(new ReflectorPacket(0, 0, default, 0, new SenderPacket(0, SentBits: 2, default, 0), 0), Ms, UtcNs);
        _account.Received(new ReflectorPacket(0, 0, default, 0, new SenderPacket(77, SentBits: 1, default, 0), 0), Ms, UtcNs);

        Assert.Equal(2, _account.Strays);
        Assert.Equal(0, Report(4000).Received);
    }

    [Fact]
    public void Report_StatelessReflector_DoesNotKnowWhere()
    {
        for (uint i = 0; i < 10; i++)
        {
            _account.Sent(i * 10 * Ms, i);
            if (i is not (4 or 5))
            {
                _account.Received(new ReflectorPacket(i, 0, default, 0, new SenderPacket(i, i, default, 0), 0), ((i * 10) + 5) * Ms, UtcNs);
            }
        }

        var report = Report(4000);

        Assert.Equal((10, 8), (report.Sent, report.Received));
        Assert.Null(report.LostThere);
        Assert.Null(report.LostBack);
    }

    [Fact]
    public void Report_LossNotYetClosed_IsToldWithTheNextThatComes()
    {
        Exchange(0, 0, 1, 1, twice: true);
        _account.Sent(10 * Ms, 0);
        var open = Report(3500);
        Exchange(2, 4000, 1, 1);
        var closed = Report(8000);

        Assert.Equal((2, 1), (open.Sent, open.Received));
        Assert.Null(open.LostThere);
        Assert.Equal((1, 0), (closed.LostThere, closed.LostBack));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Report_LossyReorderingDoublingChannel_AccountsForEachPacket(int seed)
    {
        const int Packets = 20_000;
        var random = new Random(seed);
        var toReflector = new List<(long AtNs, uint Sequence)>();
        var doubled = new HashSet<uint>();
        for (uint i = 0; i < Packets; i++)
        {
            var sentNs = i * 10 * Ms;
            var first = i == 0;
            if (first || random.NextDouble() > 0.02)
            {
                toReflector.Add((sentNs + random.Next(5, random.Next(20) == 0 ? 40 : 9) * Ms, i));
                if (first || random.NextDouble() < 0.01)
                {
                    doubled.Add(i);
                    toReflector.Add((sentNs + 9 * Ms, i));
                }
            }
        }

        var reached = toReflector.Select(each => each.Sequence).ToHashSet();
        var answers = new List<(long AtNs, long ReflectedNs, uint Sequence, uint Reflected)>();
        uint count = 0;
        foreach (var (atNs, sequence) in toReflector.OrderBy(each => each.AtNs).ThenBy(each => each.Sequence))
        {
            var number = count++;

            // The one thing that can't be told apart is left out: a doubled request one of whose answers is lost.
            if (sequence < 3 || doubled.Contains(sequence) || random.NextDouble() > 0.03)
            {
                answers.Add((atNs + random.Next(5, 9) * Ms, atNs, sequence, number));
                if (random.NextDouble() < 0.01)
                {
                    answers.Add((atNs + 9 * Ms, atNs, sequence, number));
                }
            }
        }

        var (next, reports) = (0u, new List<ProbeReport>());
        var came = answers.OrderBy(each => each.AtNs).ThenBy(each => each.Sequence).ToArray();
        var at = 0;
        for (var nowNs = 0L; nowNs <= (Packets * 10 * Ms) + (8000 * Ms); nowNs += Ms)
        {
            if (next < Packets && next * 10 * Ms == nowNs)
            {
                _account.Sent(nowNs, next++);
            }

            for (; at < came.Length && came[at].AtNs <= nowNs; at++)
            {
                _account.Received(new ReflectorPacket(came[at].Reflected, 0, default, 0, new SenderPacket(came[at].Sequence, came[at].Sequence, default, 0), 0), nowNs, UtcNs);
            }

            if (nowNs % (1000 * Ms) == 0)
            {
                reports.Add(Report(nowNs / Ms));
            }
        }

        var seen = new HashSet<uint>();
        var (reordered, expected) = (0, 0u);
        foreach (var each in came)
        {
            if (seen.Add(each.Sequence))
            {
                reordered += each.Sequence < expected ? 1 : 0;
                expected = Math.Max(expected, each.Sequence + 1);
            }
        }

        var placed = Enumerable.Range(0, (int)seen.Max()).Select(i => (uint)i).ToArray();
        Assert.Equal(Packets, reports.Sum(report => report.Sent));
        Assert.Equal(seen.Count, reports.Sum(report => report.Received));
        Assert.Equal(placed.Count(i => !reached.Contains(i)), reports.Sum(report => report.LostThere ?? 0));
        Assert.Equal(placed.Count(i => reached.Contains(i) && !seen.Contains(i)), reports.Sum(report => report.LostBack ?? 0));
        Assert.Equal(reordered, reports.Sum(report => report.Reordered));
        Assert.Equal(came.Length - seen.Count - 1, reports.Sum(report => report.Duplicates));
        Assert.True(reordered > 100 && came.Length - seen.Count > 200, $"seed {seed}: the channel did too little");
    }

    private void Exchange(uint sequence, long atMs, long thereMs, long backMs, long aheadMs = 0, long heldMs = 0, bool twice = false)
    {
        var bits = StampTime.ToBits(UtcNs + (atMs * Ms), false);
        _account.Sent(atMs * Ms, bits);
        for (var i = twice ? 0 : 1; i < 2; i++)
        {
            var request = new byte[SenderPacket.Bytes];
            new SenderPacket(sequence, bits, ErrorEstimate.Unsynchronized, 0).Write(request, null);
            var cameNs = UtcNs + ((atMs + thereMs + aheadMs) * Ms);
            Assert.True(_reflection.TryTake(request, new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9).Serialize(), 64, cameNs, out var answer));
            _reflection.Write(answer, request, cameNs + (heldMs * Ms));
            Assert.True(ReflectorPacket.TryRead(request, null, out var read));
            var doneMs = atMs + thereMs + heldMs + backMs;
            _account.Received(read, doneMs * Ms, UtcNs + (doneMs * Ms));
        }
    }

    private ProbeReport Report(long ms)
    {
        var report = _account.Report("s", "t", null, ms * Ms);
        _account.Clear();
        return report;
    }
}

using System.Runtime.InteropServices;
using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard.Tests.Feed;

public sealed class WaveRingTests
{
    private const double PeriodUs = 4000;
    private const int ChunkSamples = 50;
    private const long ChunkUs = 200_000;

    private readonly WaveRing _ring = new("mon1", "MDC_ECG_ELEC_POTL_II");

    [Fact]
    public void Read_BetweenTwoRecords_GivesTheirSamplesJoined()
    {
        Append(records: 1, count: 10);

        var piece = Assert.Single(Read(after: 3, through: 5));

        Assert.Equal(3 * ChunkUs / 1000d, piece.TimeMs);
        Assert.Equal(Enumerable.Range(150, 100).Select(i => (short)i), Samples(piece));
    }

    [Fact]
    public void Read_NothingNew_GivesNothing()
    {
        Append(1, 3);

        Assert.Empty(Read(3, 3));
        Assert.Empty(Read(3, 9));
    }

    [Fact]
    public void Read_AfterTheRingWentRound_GivesTheLastTenSecondsIntact()
    {
        Append(1, 1000);

        var piece = Assert.Single(Read(0, 1000));

        var samples = Samples(piece);
        Assert.Equal(2500, samples.Length);
        Assert.Equal(Enumerable.Range(50_000 - 2500, 2500).Select(i => (short)i), samples);
        Assert.Equal((50_000 - 2500) * PeriodUs / 1000, piece.TimeMs);
    }

    [Fact]
    public void Read_OldChunks_LeavesThemOut()
    {
        Append(1, 20);

        Assert.Equal(5 * ChunkSamples, Samples(Assert.Single(Read(0, 20, sinceUs: 16 * ChunkUs))).Length);
    }

    [Fact]
    public void Read_AcrossAGapOrAnotherGain_GivesPieces()
    {
        Append(1, 1);
        _ring.Append(2, 2, 5 * ChunkUs, PeriodUs, 1, 0, Bytes(0));
        _ring.Append(3, 3, 6 * ChunkUs, PeriodUs, 2, 0, Bytes(0));

        Assert.Equal([0, 5 * ChunkUs / 1000d, 6 * ChunkUs / 1000d], Read(0, 3).Select(piece => piece.TimeMs));
    }

    [Fact]
    public void Append_MoreThanTheRingHolds_KeepsTheEnd()
    {
        var samples = Enumerable.Range(0, 30_000).Select(i => (short)i).ToArray();

        _ring.Append(1, 1, 0, 100, 1, 0, MemoryMarshal.AsBytes(samples.AsSpan()));

        var piece = Assert.Single(Read(0, 1));
        Assert.Equal(samples[^16_384..], Samples(piece));
        Assert.Equal((30_000 - 16_384) * 0.1, piece.TimeMs, 6);
    }

    [Fact]
    public void Append_AnotherPeriod_StartsAnew()
    {
        Append(1, 5);

        _ring.Append(6, 6, 0, PeriodUs / 2, 1, 0, Bytes(0));

        Assert.Equal(PeriodUs / 2, Assert.Single(Read(0, 6)).SamplePeriodUs);
    }

    private void Append(int records, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ring.Append(records + i, (i + 1) * ChunkUs, i * ChunkUs, PeriodUs, 1, 0, Bytes(i * ChunkSamples));
        }
    }

    private List<WaveDto> Read(long after, long through, long sinceUs = 0)
    {
        var pieces = new List<WaveDto>();
        _ring.Read(after, through, sinceUs, bed: 0, pieces);
        return pieces;
    }

    private static byte[] Bytes(int first) =>
        MemoryMarshal.AsBytes(Enumerable.Range(first, ChunkSamples).Select(i => (short)i).ToArray().AsSpan()).ToArray();

    private static short[] Samples(WaveDto piece) => MemoryMarshal.Cast<byte, short>(piece.Data.Span).ToArray();
}

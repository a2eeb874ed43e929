using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Stream;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Dashboard.Tests.Feed;

public sealed class WaveStreamTests
{
    private const long ChunkUs = 200_000;

    private readonly WaveRing _ring = new("mon1", "MDC_ECG_ELEC_POTL_II");
    private readonly WaveStream _stream;
    private long _record;
    private long _logUs = 1_000_000_000;

    public WaveStreamTests() => _stream = new WaveStream(_ring, new DeviceClock());

    [Fact]
    public void Accept_DuplicateOrOlderChunk_IsNotDrawn()
    {
        Accept(epoch: 2, seq: 7);

        Accept(2, 7);
        Accept(2, 6);
        Accept(1, 99);

        Assert.Equal(1, Drawn());
    }

    [Fact]
    public void Accept_GreaterEpochWithSmallerSequence_IsDrawn()
    {
        Accept(2, 7);

        Accept(3, 0);

        Assert.Equal(2, Drawn());
    }

    [Fact]
    public void Accept_OlderEpochAfterLongSilence_IsASenderThatStartedAnew()
    {
        Accept(2, 7);
        _logUs += 20_000_000;

        Accept(1, 0);

        Assert.Equal(2, Drawn());
    }

    [Theory]
    [InlineData(true, DataMode.Demo)]
    [InlineData(false, DataMode.Replay)]
    public void Accept_HistoryOrReplay_IsNotDrawnLive(bool historical, DataMode mode)
    {
        Accept(1, 1, historical: historical, mode: mode);

        Assert.Equal(0, Drawn());
    }

    [Fact]
    public void Accept_InvalidSamples_AreMissingOnes()
    {
        Accept(1, 1, validity: Validity.Invalid);

        var data = Assert.Single(Read(0, _record)).Data.ToArray();
        Assert.All(data.Chunk(2), sample => Assert.Equal([0x00, 0x80], sample));
    }

    private void Accept(
        uint epoch, ulong seq, bool historical = false, DataMode mode = DataMode.Demo, Validity validity = Validity.Valid)
    {
        _logUs += ChunkUs;
        var chunk = new WaveChunk
        {
            Stamp = new Stamp { HasEpoch = true, Epoch = epoch, HasSeq = true, Seq = seq, Historical = historical, Mode = mode },
            SamplePeriodUs = 4000,
            Gain = 1,
            Samples = new byte[100],
            Validity = validity,
        };
        _stream.Accept(chunk, ++_record, _logUs, _logUs);
    }

    /// <summary>How many of the chunks are in the ring, told apart by their records.</summary>
    private int Drawn() => Enumerable.Range(1, (int)_record).Count(record => Read(record - 1, record).Count > 0);

    private List<WaveDto> Read(long after, long through)
    {
        var pieces = new List<WaveDto>();
        _ring.Read(after, through, 0, 0, pieces);
        return pieces;
    }
}

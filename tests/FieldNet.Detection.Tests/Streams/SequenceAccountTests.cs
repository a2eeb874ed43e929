using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Detection.Tests.Streams;

public sealed class SequenceAccountTests
{
    private SequenceAccount _account;

    [Fact]
    public void Observe_NoStamp_IsUnknownNotLoss()
    {
        Assert.Equal(SequenceVerdict.Unstamped, _account.Observe(default, 1, out _));
        Assert.Equal(0, _account.Lost);
    }

    [Fact]
    public void Observe_NumbersMissing_CountsEach()
    {
        Assert.Equal(SequenceVerdict.First, See(10));
        Assert.Equal(SequenceVerdict.InOrder, See(11));
        Assert.Equal(SequenceVerdict.Gap, See(15));
        Assert.Equal(3, _account.Lost);
    }

    [Fact]
    public void Observe_MissingOneComesLate_IsNoLongerLost()
    {
        See(1);
        See(3);

        Assert.Equal(SequenceVerdict.Late, See(2));
        Assert.Equal((0, 1, 0), (_account.Lost, _account.Reordered, _account.Duplicates));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    public void Observe_SeenBefore_IsADuplicate(int back)
    {
        for (ulong seq = 1; seq <= 100; seq++)
        {
            See(seq);
        }

        Assert.Equal(SequenceVerdict.Duplicate, See(100 - (ulong)back));
        Assert.Equal(SequenceVerdict.Duplicate, See(100));
        Assert.Equal(2, _account.Duplicates);
    }

    [Fact]
    public void Observe_NewEpoch_IsARestartAndNoLoss()
    {
        See(500);

        Assert.Equal(SequenceVerdict.Restarted, See(1, epoch: 2));
        Assert.Equal(SequenceVerdict.OldEpoch, See(501));
        Assert.Equal(0, _account.Lost);
    }

    [Fact]
    public void Observe_LowerEpochOnALaterConnection_IsARestartOfASenderWithABadCounter()
    {
        See(500, epoch: 9);

        Assert.Equal(SequenceVerdict.Restarted, See(1, epoch: 3, connection: 2));
        Assert.Equal(SequenceVerdict.InOrder, See(2, epoch: 3, connection: 2));
    }

    [Fact]
    public void Observe_SameNumbersOnALaterConnectionSentLater_IsARestartNotARedelivery()
    {
        for (ulong seq = 1; seq <= 5; seq++)
        {
            See(seq, sentUs: (long)seq * 1000);
        }

        Assert.Equal(SequenceVerdict.Duplicate, See(5, connection: 2, sentUs: 5000));
        Assert.Equal(SequenceVerdict.Restarted, See(1, connection: 2, sentUs: 9000));
    }

    [Fact]
    public void Observe_ImpossibleJump_IsNotCountedAsLoss()
    {
        See(1);

        Assert.Equal(SequenceVerdict.Gap, See(ulong.MaxValue));
        Assert.Equal(0, _account.Lost);
    }

    private SequenceVerdict See(ulong seq, uint epoch = 1, long connection = 1, long sentUs = 0) => _account.Observe(
        new Stamp { HasEpoch = true, HasSeq = true, Epoch = epoch, Seq = seq, HasSentTime = sentUs > 0, SentTimeUs = sentUs }, connection, out _);
}

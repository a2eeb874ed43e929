using System.Net;
using FieldNet.Slice.Stamp;

namespace FieldNet.Slice.Tests.Stamp;

/// <summary>What a reflector answers, to whom, and to what it does not.</summary>
public sealed class StampReflectionTests
{
    private const long NowNs = 1_795_000_000_000_000_000;

    private static readonly StampKey Key = StampKey.Parse("00112233445566778899aabbccddeeff")!;
    private static readonly StampKey OtherKey = StampKey.Parse("10112233445566778899aabbccddeeff")!;

    [Fact]
    public void TryTake_Stateful_CountsEachSessionForItself()
    {
        var reflection = new StampReflection(null);

        Assert.Equal(0u, Sequence(reflection, 5, port: 1000));
        Assert.Equal(1u, Sequence(reflection, 7, port: 1000));
        Assert.Equal(0u, Sequence(reflection, 8, port: 1001));
        Assert.Equal(0u, Sequence(reflection, 9, port: 1000, ssid: 4));
        Assert.Equal(2u, Sequence(reflection, 9, port: 1000));
        Assert.Equal(3, reflection.Sessions);
    }

    [Fact]
    public void TryTake_Stateless_GivesTheSendersNumberBackAndKeepsNothing()
    {
        var reflection = new StampReflection(null, isStateless: true);

        Assert.Equal(5u, Sequence(reflection, 5, port: 1000));
        Assert.Equal(7u, Sequence(reflection, 7, port: 1000));
        Assert.Equal(0, reflection.Sessions);
    }

    [Theory]
    [InlineData(41)]
    [InlineData(44)]
    [InlineData(60)]
    [InlineData(1472)]
    public void Write_AnyLength_AnswersInTheSameLengthWithWhatStoodBehind(int length)
    {
        var request = new byte[length];
        new Random(1).NextBytes(request);
        var tail = length > 44 ? request[44..] : [];
        var reflection = new StampReflection(null);

        Assert.True(reflection.TryTake(request, Address(1000), 61, NowNs, out var answer));
        reflection.Write(answer, request, NowNs + 1000);

        Assert.True(ReflectorPacket.TryRead(request, null, out var read));
        Assert.Equal((61, NowNs, NowNs + 1000), (read.RequestTtl, StampTime.ToUnixNs(read.ReceivedBits, false), StampTime.ToUnixNs(read.SentBits, false)));
        Assert.Equal(tail, length > 44 ? request[44..] : []);
    }

    [Fact]
    public void TryTake_WrongKeyNoneOrTooShort_HasNoAnswerAndIsCounted()
    {
        var reflection = new StampReflection(Key);
        var (wrong, good, open) = (new byte[112], new byte[112], new byte[112]);
        new SenderPacket(1, 2, ErrorEstimate.Unsynchronized, 0).Write(wrong, OtherKey);
        new SenderPacket(1, 2, ErrorEstimate.Unsynchronized, 0).Write(good, Key);

        Assert.False(reflection.TryTake(wrong, Address(1), 0, NowNs, out _));
        Assert.False(reflection.TryTake(open, Address(1), 0, NowNs, out _));
        Assert.False(reflection.TryTake(new byte[44], Address(1), 0, NowNs, out _));
        Assert.True(reflection.TryTake(good, Address(1), 0, NowNs, out _));
        Assert.Equal((1, 3), (reflection.Reflected, reflection.Dropped));
        Assert.Equal(1, reflection.Sessions);
    }

    [Fact]
    public void TryTake_MoreSessionsThanItKeeps_AnswersTheNewAsAStatelessOne()
    {
        var reflection = new StampReflection(null);
        for (var port = 0; port < StampReflection.MaxSessions; port++)
        {
            Sequence(reflection, 9, port);
        }

        Assert.Equal(9u, Sequence(reflection, 9, port: 60_000));
        Assert.Equal(1u, Sequence(reflection, 9, port: 0));
        Assert.Equal(StampReflection.MaxSessions, reflection.Sessions);
    }

    [Fact]
    public void TryTake_SilentForLong_IsForgotten()
    {
        var reflection = new StampReflection(null);
        Sequence(reflection, 0, port: 1000);
        Sequence(reflection, 0, port: 1001, afterS: StampReflection.IdleS + 2);

        Assert.Equal(1, reflection.Sessions);
    }

    private static uint Sequence(StampReflection reflection, uint sequence, int port, ushort ssid = 0, long afterS = 0)
    {
        var request = new byte[SenderPacket.Bytes];
        new SenderPacket(sequence, 1, ErrorEstimate.Unsynchronized, ssid).Write(request, null);
        Assert.True(reflection.TryTake(request, Address(port), 64, NowNs + (afterS * 1_000_000_000), out var answer));
        return answer.Sequence;
    }

    private static SocketAddress Address(int port) => new IPEndPoint(IPAddress.Loopback, port).Serialize();
}

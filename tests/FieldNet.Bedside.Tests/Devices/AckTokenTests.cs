using FieldNet.Bedside.Devices;

namespace FieldNet.Bedside.Tests.Devices;

public sealed class AckTokenTests
{
    [Theory]
    [InlineData(0, 1ul, 0L, 0L)]
    [InlineData(7, 4_000_000_000ul, 123_456_789L, 1_230L)]
    [InlineData(255, 42ul, 167_772_150L, 5_000L)]
    public void Unpack_Packed_GivesStreamSeqAndLatency(byte stream, ulong seq, long sentUs, long tookUs)
    {
        var token = AckToken.Unpack(AckToken.Of(stream, seq, sentUs).Pack());

        Assert.Equal((stream, (uint)seq), (token.Stream, token.Seq));
        Assert.InRange(token.LatencyUs(sentUs + tookUs), tookUs - 10, tookUs + 10);
    }
}

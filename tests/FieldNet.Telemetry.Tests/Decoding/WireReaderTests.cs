using FieldNet.Telemetry.Decoding;

namespace FieldNet.Telemetry.Tests.Decoding;

public sealed class WireReaderTests
{
    [Fact]
    public void Next_UnknownFieldsOfEveryWireType_AreSkipped()
    {
        byte[] message = [0x08, 0x96, 0x01, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1A, 2, 9, 9, 0x25, 1, 2, 3, 4, 0x28, 0x2A];

        var wire = new WireReader(message);
        var fields = new List<int>();
        ulong last = 0;
        while (wire.Next())
        {
            fields.Add(wire.Field);
            if (wire.Field == 5)
            {
                Assert.True(wire.TryVarint(out last));
            }
        }

        Assert.Equal([1, 2, 3, 4, 5], fields);
        Assert.Equal((42ul, Refusal.None), (last, wire.Refusal));
    }

    [Fact]
    public void TryDouble_OtherWireType_LeavesTheFieldToBeSkipped()
    {
        var wire = new WireReader([0x08, 0x01, 0x10, 0x02]);

        Assert.True(wire.Next());
        Assert.False(wire.TryDouble(out _));
        Assert.True(wire.Next());
        Assert.True(wire.TryVarint(out var value));
        Assert.Equal(2ul, value);
        Assert.False(wire.Next());
        Assert.Equal(Refusal.None, wire.Refusal);
    }

    [Theory]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, ulong.MaxValue)]
    [InlineData(new byte[] { 0x08, 0x81, 0x80, 0x00 }, 1ul)]
    [InlineData(new byte[] { 0x88, 0x80, 0x00, 0x05 }, 5ul)]
    public void TryVarint_WithinSixtyFourBits_IsRead(byte[] message, ulong expected)
    {
        var wire = new WireReader(message);

        Assert.True(wire.Next());
        Assert.True(wire.TryVarint(out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02 })]
    [InlineData(new byte[] { 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 })]
    [InlineData(new byte[] { 0x08, 0x80 })]
    [InlineData(new byte[] { 0x08 })]
    [InlineData(new byte[] { 0x00, 0x01 })]
    [InlineData(new byte[] { 0x0B, 0x0C })]
    [InlineData(new byte[] { 0x0C })]
    [InlineData(new byte[] { 0x0E })]
    [InlineData(new byte[] { 0x0F })]
    [InlineData(new byte[] { 0x88, 0x80, 0x80, 0x80, 0x10, 0x00 })]
    [InlineData(new byte[] { 0x0A, 0x05, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x09, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(new byte[] { 0x0D, 1, 2, 3 })]
    public void Next_BrokenEncoding_IsMalformed(byte[] message)
    {
        var wire = new WireReader(message);
        while (wire.Next())
        {
        }

        Assert.Equal(Refusal.PayloadMalformedProtobuf, wire.Refusal);
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 2, 0xC3, 0xA9 }, Refusal.None)]
    [InlineData(new byte[] { 0x0A, 1, 0xC3 }, Refusal.PayloadMalformedProtobuf)]
    [InlineData(new byte[] { 0x0A, 2, 0xC0, 0x80 }, Refusal.PayloadMalformedProtobuf)]
    [InlineData(new byte[] { 0x0A, 3, 0xED, 0xA0, 0x80 }, Refusal.PayloadMalformedProtobuf)]
    public void TryText_Bytes_MustBeUtf8(byte[] message, Refusal refusal)
    {
        var wire = new WireReader(message);

        Assert.True(wire.Next());
        Assert.Equal(refusal == Refusal.None, wire.TryText(out _));
        Assert.Equal(refusal, wire.Refusal);
    }
}

using FieldNet.Capture.Wfdb;
using FsCheck;
using FsCheck.Fluent;

namespace FieldNet.Capture.Tests.Wfdb;

public sealed class WfdbSampleFormatTests
{
    /// <summary>Bytes put together by hand from signal(5), each with the values that the page says they mean.</summary>
    [Theory]
    [InlineData(8, "05FF80", new[] { 5, -1, -128 })]
    [InlineData(16, "0100FFFF0080", new[] { 1, -1, -32768 })]
    [InlineData(24, "010000FFFFFF000080", new[] { 1, -1, -8388608 })]
    [InlineData(32, "01000000FFFFFFFF00000080", new[] { 1, -1, int.MinValue })]
    [InlineData(61, "0001FFFF8000", new[] { 1, -1, -32768 })]
    [InlineData(80, "817F00", new[] { 1, -1, -128 })]
    [InlineData(160, "0180FF7F0000", new[] { 1, -1, -32768 })]
    // Low bytes of both samples outside, their high nibbles in the middle byte: the second one's on top.
    [InlineData(212, "01F0FF00080000", new[] { 1, -1, -2048, 0 })]
    // Bits 1 to 10 of two words; the third sample is the top five bits of the first word, then of the second.
    [InlineData(310, "0208FE07", new[] { 1, -1, 1 })]
    [InlineData(310, "0000" + "00FC", new[] { 0, -512, -32 })]
    // Ten bits each from the lowest on.
    [InlineData(311, "01FC1F20", new[] { 1, -1, -511 })]
    public void Unpack_BytesByHand_HaveTheirValues(int format, string hex, int[] values)
    {
        byte[] bytes = Convert.FromHexString(hex);
        int[] unpacked = new int[values.Length];

        WfdbSampleFormat.Unpack(format, bytes, unpacked);

        Assert.Equal(values, unpacked);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(61)]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(212)]
    [InlineData(310)]
    [InlineData(311)]
    public void Pack_AnyValuesOfAnyNumber_UnpackToThemselves(int format)
    {
        var (least, most) = WfdbSampleFormat.Range(format);
        var values = Gen.Choose(least == int.MinValue ? -int.MaxValue : least, most).ArrayOf().ToArbitrary();

        Prop.ForAll(values, samples =>
        {
            byte[] bytes = new byte[WfdbSampleFormat.BytesOf(format, samples.Length)];
            int[] unpacked = new int[samples.Length];
            WfdbSampleFormat.Pack(format, samples, bytes);
            WfdbSampleFormat.Unpack(format, bytes, unpacked);
            return unpacked.SequenceEqual(samples) && WfdbSampleFormat.SamplesIn(format, bytes.Length) >= samples.Length;
        }).QuickCheckThrowOnFailure();
    }
}

using FieldNet.Capture.Wfdb;

namespace FieldNet.Capture.Tests.Wfdb;

public sealed class FlacSamplesTests
{
    [Theory]
    [InlineData(508, 8, -128, 127)]
    [InlineData(516, 16, -32768, 32767)]
    [InlineData(524, 24, -8388608, 8388607)]
    public void Read_FlacByHand_HasItsValues(int format, int bits, int least, int most)
    {
        Assert.SkipUnless(FlacLibrary.IsHere, "libFLAC is not on this machine.");
        int[] first = [.. Enumerable.Range(0, 18).Select(i => i - 9)];
        int[] second = [least, most, .. Enumerable.Repeat(3, 16)];
        using var folder = new TemporaryRecord("r 2 100 18", $"r.dat {format} 1 8 0 0 0 0 a\nr.dat {format} 1 8 0 0 0 0 b", FlacBytes.Of(bits, first, second));

        var record = WfdbRecord.Read(folder.HeaderPath);

        Assert.Empty(record.Problems);
        Assert.Equal(first, record.Samples[0]);
        Assert.Equal([WfdbRecord.Missing, .. second[1..]], record.Samples[1]);
    }

    [Fact]
    public void Read_SeveralSamplesAFrame_StandTogetherBySignal()
    {
        Assert.SkipUnless(FlacLibrary.IsHere, "libFLAC is not on this machine.");
        int[] first = [.. Enumerable.Range(0, 18)], second = [.. Enumerable.Range(50, 18)];
        using var folder = new TemporaryRecord("r 2 100 9", "r.dat 508x2 1 8 0 0 0 0 a\nr.dat 508x2:1 1 8 0 0 0 0 b", FlacBytes.Of(8, first, second));

        var record = WfdbRecord.Read(folder.HeaderPath);

        Assert.Equal(first, record.Samples[0]);
        Assert.Equal([.. second[2..], WfdbRecord.Missing, WfdbRecord.Missing], record.Samples[1]);
    }

    [Fact]
    public void Read_OtherNumberOfChannels_IsAProblem()
    {
        Assert.SkipUnless(FlacLibrary.IsHere, "libFLAC is not on this machine.");
        using var folder = new TemporaryRecord("r 1 100 18", "r.dat 508", FlacBytes.Of(8, new int[18], new int[18]));

        var record = WfdbRecord.Read(folder.HeaderPath);

        Assert.Equal("r.dat has 2 channels for 1 signals behind frame 0", Assert.Single(record.Problems));
        Assert.All(record.Samples[0], value => Assert.Equal(WfdbRecord.Missing, value));
    }
}

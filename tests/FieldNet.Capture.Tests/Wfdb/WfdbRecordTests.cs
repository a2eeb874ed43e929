using FieldNet.Capture.Wfdb;

namespace FieldNet.Capture.Tests.Wfdb;

public sealed class WfdbRecordTests
{
    [Fact]
    public void Read_MissingSample_IsMissing()
    {
        using var folder = new TemporaryRecord("r 1 250 3", "r.mat 16+2 100(50)/mV 16 0 1 0 0 II", [9, 9, 1, 0, 0x00, 0x80, 150, 0]);

        var record = WfdbRecord.Read(folder.HeaderPath);

        Assert.Equal([1, WfdbRecord.Missing, 150], record.Samples[0]);
        Assert.Equal(1.0, record.Signals[0].ToPhysical(150));
    }

    [Fact]
    public void Read_FramesSkewAndLimit_AreHonoured()
    {
        using var folder = new TemporaryRecord("r 2 100 3", "r.dat 80x2 1 8 0 0 0 0 fast\nr.dat 80:1 1 8 0 0 0 0 slow", [.. Enumerable.Range(128, 9).Select(b => (byte)b)]);

        var whole = WfdbRecord.Read(folder.HeaderPath);
        var limited = WfdbRecord.Read(folder.HeaderPath, mostFrames: 1);

        Assert.Equal([0, 1, 3, 4, 6, 7], whole.Samples[0]);
        Assert.Equal([5, 8, WfdbRecord.Missing], whole.Samples[1]);
        Assert.Equal((200.0, 100.0), (whole.SamplesPerSecond(0), whole.SamplesPerSecond(1)));
        Assert.Equal([0, 1], limited.Samples[0]);
        Assert.Empty(whole.Problems);
    }

    [Fact]
    public void Read_DifferencesWithoutInitialValue_StartAtTheAdcZero()
    {
        using var folder = new TemporaryRecord("r 1 100", "r.dat 8 1 8 100", [1, 0xFF, 0xFE]);

        Assert.Equal([101, 100, 98], WfdbRecord.Read(folder.HeaderPath).Samples[0]);
    }

    [Fact]
    public void Read_SegmentsOfOtherGain_AreInOneScale()
    {
        using var folder = new TemporaryRecord("m/4 2 100 5", "m_layout 0\na 2\n~ 1\nb 2", []);
        folder.Write("m_layout.hea", "m_layout 2 100 0\n~ 0 200(10)/mV 16 0 0 0 0 II\n~ 0 100/mmHg 16 0 0 0 0 ART");
        folder.Write("a.hea", "a 1 100 2\na.dat 80 100/mV 8 0 0 0 0 II");
        folder.Write("a.dat", [129, 126]);
        folder.Write("b.hea", "b 2 100 2\nb.dat 80 100/mmHg 8 0 0 0 0 ART\nb.dat 80 200(10)/mV 8 0 0 0 0 II");
        folder.Write("b.dat", [131, 132, 0, 133]);

        var record = WfdbRecord.Read(folder.HeaderPath);

        Assert.Equal([12, 6, WfdbRecord.Missing, 4, 5], record.Samples[0]);
        Assert.Equal([WfdbRecord.Missing, WfdbRecord.Missing, WfdbRecord.Missing, 3, WfdbRecord.Missing], record.Samples[1]);
        Assert.Empty(record.Problems);
    }

    [Fact]
    public void Read_ShorterThanAnnounced_GivesWhatIsThereAndSaysSo()
    {
        using var folder = new TemporaryRecord("r 1 250 1000000000000", "r.dat 212 200", [1, 0x20, 3, 4, 0]);

        var record = WfdbRecord.Read(folder.HeaderPath, mostFrames: 4);

        Assert.Equal([1, 515, 4, WfdbRecord.Missing], record.Samples[0]);
        Assert.Equal("r.dat ends after 3 of 1,000,000,000,000 frames", Assert.Single(record.Problems));
    }

    [Theory]
    [InlineData("r 1 250", "r.dat 999 200")]
    [InlineData("r 2 250", "r.dat 16 200\nr.dat 212 200")]
    [InlineData("r 1 250 9", "r.dat 16x2000000 200")]
    [InlineData("r 1 250 1000000000000", "~ 16 200")]
    [InlineData("m/1 1 250 1000", "gone 1000")]
    [InlineData("m/2 1 250 1000", "gone_layout 0\n~ 1000")]
    public void Read_Unreadable_Throws(string record, string lines)
    {
        using var folder = new TemporaryRecord(record, lines, [0, 0]);

        Assert.Throws<WfdbFormatException>(() => WfdbRecord.Read(folder.HeaderPath));
    }
}

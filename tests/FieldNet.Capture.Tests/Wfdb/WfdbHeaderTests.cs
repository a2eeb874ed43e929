using FieldNet.Capture.Wfdb;

namespace FieldNet.Capture.Tests.Wfdb;

public sealed class WfdbHeaderTests
{
    [Fact]
    public void Parse_EveryField_IsRead()
    {
        var header = Parse("# before", "r 2 62.4725/999.56(3) 14400 19:46:25.757 26/10/1994",
            "r.dat 16x4:3+24 12.5(-1307)/mm[Hg] 14 8192 17 40000 512 ART with blanks", "r.dat 16 0 12 1024", "# <age>: 70", "#Asystole");

        var (first, second) = (header.Signals[0], header.Signals[1]);
        Assert.Equal(("r", 62.4725, 14400L, "19:46:25.757 26/10/1994"), (header.Name, header.FramesPerSecond, header.Frames, header.BaseTime));
        Assert.Equal(("r.dat", 16, 4, 3, 24), (first.File, first.Format, first.SamplesPerFrame, first.SkewFrames, first.ByteOffset));
        Assert.Equal((12.5, -1307, "mm[Hg]", 14, 8192), (first.Gain, first.Baseline, first.Unit, first.ResolutionBits, first.AdcZero));
        Assert.Equal((17, unchecked((short)40000), 512, "ART with blanks"), (first.InitialValue, first.Checksum, first.BlockSizeBytes, first.Description));
        Assert.Equal((200.0, 1024, "mV", (int?)null, (short?)null), (second.Gain, second.Baseline, second.Unit, second.InitialValue, second.Checksum));
        Assert.Equal(["<age>: 70", "Asystole"], header.Comments);
    }

    [Fact]
    public void Parse_Segments_AreRead()
    {
        var header = Parse("m/3 4 125 2000", "m_layout 0", "~ 500", "m01 1500");

        Assert.Equal([new("m_layout", 0), new("~", 500), new("m01", 1500)], header.Segments);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "lonely")]
    [InlineData(1, "r two 250")]
    [InlineData(1, "r -1 250")]
    [InlineData(1, "r 99999 250")]
    [InlineData(1, "r 1 0")]
    [InlineData(1, "r 1 NaN")]
    [InlineData(1, "r 1 250 -5")]
    [InlineData(2, "r 1 250")]
    [InlineData(2, "r 1 250|r.dat")]
    [InlineData(2, "r 1 250|r.dat 16x0")]
    [InlineData(2, "r 1 250|r.dat sixteen")]
    [InlineData(2, "r 1 250|r.dat 16 1e999/mV")]
    [InlineData(2, "r 1 250|r.dat 16 200 16 0 99999999999")]
    [InlineData(2, "r 1 250|../r.dat 16 200")]
    [InlineData(3, "r 1 250|r.dat 16|r.dat 16")]
    public void Parse_Malformed_SaysFileAndLine(int line, string text)
    {
        var error = Assert.Throws<WfdbFormatException>(() => Parse(text.Split('|')));

        Assert.Equal(("r.hea", line), (Path.GetFileName(error.File), error.Line));
    }

    private static WfdbHeader Parse(params string[] lines)
    {
        using var record = new TemporaryRecord(lines[0], string.Join('\n', lines[1..]), []);
        return WfdbHeader.Read(record.HeaderPath);
    }
}

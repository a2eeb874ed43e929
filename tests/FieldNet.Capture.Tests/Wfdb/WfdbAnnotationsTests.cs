using FieldNet.Capture.Wfdb;
using FieldNet.TestKit;

namespace FieldNet.Capture.Tests.Wfdb;

public sealed class WfdbAnnotationsTests
{
    [Fact]
    public void Read_MitBih100_HasItsReferenceBeats()
    {
        string? path = SharedData.Find("wfdb/100.atr");
        Assert.SkipUnless(path is not null, SharedData.Absent);

        var annotations = WfdbAnnotations.Read(path).ToList();

        // Published totals of MIT-BIH record 100: 2239 normal, 33 atrial premature, 1 ventricular premature.
        Assert.Equal(2273, annotations.Count(a => a.IsBeat));
        Assert.Equal((2239, 33, 1), (annotations.Count(a => a.Code == 1), annotations.Count(a => a.Code == 8), annotations.Count(a => a.Code == 5)));
        Assert.Equal(new(18, 28, 0, 0, 0, "(N"), annotations[0]);
        Assert.Equal(77, annotations[1].Sample);
        Assert.Equal(649991, annotations[^1].Sample);
    }

    [Fact]
    public void Read_CutInsideAnAnnotation_Throws()
    {
        using var folder = new TemporaryRecord("r 0", "", [0, 59 << 2, 1]);

        Assert.Throws<WfdbFormatException>(() => WfdbAnnotations.Read(folder.DataPath).ToList());
    }

    [Fact]
    public void Read_WordsByHand_AreTheAnnotationsTheyMean()
    {
        // A beat at 18 with subtype 3 and text "ab" + 1; 70,000 on (SKIP, high word first) another with channel 1 and number -2; both hold.
        using var folder = new TemporaryRecord("r 0", "", Convert.FromHexString("1204" + "03F4" + "03FC61626300" + "00EC01007011" + "0014" + "01F8" + "FEF0" + "0104" + "0000"));

        Assert.Equal([new(18, 1, 3, 0, 0, "abc"), new(70_018, 5, 0, 1, -2, ""), new(70_019, 1, 0, 1, -2, "")], WfdbAnnotations.Read(folder.DataPath));
    }

    [Fact]
    public void Read_FileWithItsOwnResolution_IsCarriedToTheFrames()
    {
        byte[] note = System.Text.Encoding.ASCII.GetBytes("## time resolution: 1000");
        using var folder = new TemporaryRecord("r 0", "", [0, 22 << 2, (byte)note.Length, 63 << 2, .. note, 100, 1 << 2, 0, 0]);

        Assert.Equal(25, Assert.Single(WfdbAnnotations.Read(folder.DataPath, framesPerSecond: 250)).Sample);
        Assert.Equal(100, Assert.Single(WfdbAnnotations.Read(folder.DataPath)).Sample);
    }

    [Fact]
    public void Read_Aha_IsKnownByItsShape()
    {
        using var folder = new TemporaryRecord("r 0", "", Convert.FromHexString("004E" + "00006400" + "0100" + "0001" + "000000000000" + "0056" + "01000200" + "0200" + "0000" + "000000000000"));

        Assert.Equal([new(100, 1, 0, 0, 1, ""), new(65_538, 5, 0, 0, 2, "")], WfdbAnnotations.Read(folder.DataPath));
    }
}

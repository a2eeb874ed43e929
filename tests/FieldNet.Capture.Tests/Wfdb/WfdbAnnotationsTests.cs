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

        var annotations = WfdbAnnotations.Read(path);

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

        Assert.Throws<WfdbFormatException>(() => WfdbAnnotations.Read(folder.DataPath));
    }
}

using FieldNet.Capture.Inspection;
using FieldNet.Capture.Wfdb;
using FieldNet.TestKit;

namespace FieldNet.Capture.Tests.Wfdb;

/// <summary>Real recordings of every format: their own headers state each signal's first value and sum, and every one must come out.</summary>
public sealed class WfdbSharedRecordsTests
{
    /// <summary>Signals whose header does not state the first value that is stored: copied or reset by the program that made the sample.</summary>
    private static readonly HashSet<string> OtherFirstValues = ["mixedsignals", "test01_00s_frame", "test01_00s_skew", "test01_00s_skewframe", "100skew"];

    [Theory]
    [InlineData("cinc2015", 184, 184)]
    [InlineData("wfdb", 32, 35)]
    public void Read_EveryRecordOfAFolder_HasTheHeadersFirstValuesAndChecksums(string folder, int leastWithoutFlac, int least)
    {
        string? path = SharedData.Find(folder);
        Assert.SkipUnless(path is not null, SharedData.Absent);
        int records = 0;

        foreach (string file in Directory.EnumerateFiles(path, "*.hea", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var header = WfdbHeader.Read(file);
            bool readable = header.Segments.Count == 0 && header.Signals.All(s => File.Exists(Path.Combine(Path.GetDirectoryName(file)!, s.File))
                && (FlacLibrary.IsHere || !WfdbSampleFormat.IsFlac(s.Format)));
            if (!readable)
            {
                continue;
            }
            var inspection = WfdbInspection.Read(file);
            records++;
            Assert.Empty(inspection.Problems);
            foreach (var (i, signal) in inspection.Signals.Index())
            {
                Assert.Equal((file, i, signal.StatedChecksum), (file, i, signal.Checksum));
                Assert.Equal((header.Frames ?? signal.Samples) * header.Signals[i].SamplesPerFrame, signal.Samples);
                if (!OtherFirstValues.Contains(header.Name))
                {
                    Assert.Equal((file, i, header.Signals[i].InitialValue), (file, i, signal.FirstValues[0]));
                }
            }
        }

        Assert.InRange(records, FlacLibrary.IsHere ? least : leastWithoutFlac, int.MaxValue);
    }

    [Fact]
    public void Inspect_FixedLayout_IsTheSumOfItsSegments()
    {
        var inspection = Inspect("wfdb/multi-segment/041s/041s.hea");

        Assert.Equal(("1994-10-26T08:26:04.000000Z", "1994-10-26T08:26:19.992000Z"), (inspection.First, inspection.Last));
        Assert.Equal([168, 168, 166, 164, 158, 152, 143, 134], inspection.Signals[0].FirstValues);
        Assert.Equal([8000L, 8000, 8000, 2000, 2000, 2000, 2000], inspection.Signals.Select(s => s.Samples));
        Assert.Equal([-2716 - 862, -25019 + 14967, -12467 + 13162], inspection.Signals.Take(3).Select(s => (int)s.Checksum!));
    }

    [Fact]
    public void Inspect_VariableLayoutWithGapsAndAbsentFiles_KeepsTheTime()
    {
        var inspection = Inspect("wfdb/multi-segment/s00001/s00001-2896-10-10-00-31.hea");

        Assert.Equal(["3975656_0009.dat is not there", "3975656_0010.dat is not there", "3975656_0011.dat is not there"], inspection.Problems);
        Assert.Equal(["II", "V", "MCL1", "ABP"], inspection.Signals.Select(s => s.Name));
        Assert.All(inspection.Signals, s => Assert.Equal(14_518_365, s.Samples));
        // ABP is in three segments only.
        Assert.Equal(14_518_365 - 4_425 - 18_075 - 37_500, inspection.Signals[3].Missing);
        Assert.Equal(unchecked((short)(-7698 + 28192 + 8748)), inspection.Signals[3].Checksum);
        Assert.All(inspection.Signals[0].FirstValues, Assert.Null);
    }

    [Fact]
    public void Inspect_MinuteNumerics_CountsTheDropOuts()
    {
        var inspection = Inspect("wfdb/multi-segment/s00001/s00001-2896-10-10-00-31n.hea");

        Assert.Equal(("HR", "bpm", 1936L, 0L), (inspection.Signals[0].Name, inspection.Signals[0].Unit, inspection.Signals[0].Samples, inspection.Signals[0].Missing));
        Assert.Equal(("NBPSys", 1784L), (inspection.Signals[7].Name, inspection.Signals[7].Missing));
    }

    [Fact]
    public void Inspect_MitBih100_CountsTheAnnotationsOfEach() =>
        Assert.Equal([new("atr", 2274), new("qrs", 2274)], Inspect("wfdb/100.hea").Annotations);

    [Fact]
    public void Inspect_UnitInLatin1_IsRead() =>
        Assert.Equal("°", Inspect("wfdb/test_generator_2.hea").Signals[8].Unit);

    [Fact]
    public void Inspect_AbsentSignalFile_SaysSo()
    {
        var inspection = Inspect("wfdb/wave_4.hea");

        Assert.Equal("wave_4.dat is not there", Assert.Single(inspection.Problems));
        Assert.Equal((3_659_000L, 3_659_000L, (short?)null), (inspection.Signals[0].Samples, inspection.Signals[0].Missing, inspection.Signals[0].Checksum));
    }

    private static WfdbInspection Inspect(string name)
    {
        string? path = SharedData.Find(name);
        Assert.SkipUnless(path is not null, SharedData.Absent);
        return WfdbInspection.Read(path);
    }
}

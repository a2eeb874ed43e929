using FieldNet.Capture.Wfdb;
using FieldNet.TestKit;

namespace FieldNet.Capture.Tests.Wfdb;

public sealed class WfdbRecordTests
{
    /// <summary>The recordings' own headers state each signal's first value and sum: every one must come out.</summary>
    [Theory]
    [InlineData("cinc2015", 184)]
    [InlineData("wfdb", 9)]
    public void Read_EveryRecordOfAFolder_HasTheHeadersFirstValuesAndChecksums(string folder, int least)
    {
        string? path = SharedData.Find(folder);
        Assert.SkipUnless(path is not null, SharedData.Absent);
        int records = 0;

        foreach (string file in Directory.EnumerateFiles(path, "*.hea").Order(StringComparer.Ordinal))
        {
            // Skewed copies keep the checksums of the whole signal; FLAC (5xx) and files left out of the samples are not read here.
            var header = WfdbHeader.Read(file);
            // test01_00s_frame is an edited copy whose header kept the values of the signal that it cut out.
            bool complete = header.Name != "test01_00s_frame" && header.Signals.All(s => s.Format < 500 && s.SkewFrames == 0
                && File.Exists(Path.Combine(path, s.File)));
            if (!complete || header.Signals.Count == 0 || header.Segments.Count > 0)
            {
                continue;
            }
            var record = WfdbRecord.Read(file);
            records++;
            for (int i = 0; i < header.Signals.Count; i++)
            {
                Assert.True(header.Signals[i].InitialValue == record.Samples[i][0], $"{file} signal {i}: first value {record.Samples[i][0]}");
                Assert.True(header.Signals[i].Checksum == record.Checksum(i), $"{file} signal {i}: checksum {record.Checksum(i)}");
                Assert.Equal((header.Frames ?? record.Samples[0].Length) * header.Signals[i].SamplesPerFrame, record.Samples[i].Length);
            }
        }

        Assert.InRange(records, least, int.MaxValue);
    }

    [Fact]
    public void Read_MissingSample_StaysMissing()
    {
        using var folder = new TemporaryRecord("r 1 250 3", "r.mat 16+2 100(50)/mV 16 0 1 0 0 II", [9, 9, 1, 0, 0x00, 0x80, 150, 0]);

        var record = WfdbRecord.Read(folder.HeaderPath);

        var signal = record.Header.Signals[0];
        Assert.Equal([1, -32768, 150], record.Samples[0]);
        Assert.Equal(record.Samples[0][1], signal.MissingValue);
        Assert.Equal(1.0, signal.ToPhysical(150));
    }

    [Fact]
    public void Read_FramesSkewAndLimit_AreHonoured()
    {
        using var folder = new TemporaryRecord("r 2 100 3", "r.dat 80x2 1 8 0 0 0 0 fast\nr.dat 80:1 1 8 0 0 0 0 slow", [.. Enumerable.Range(128, 9).Select(b => (byte)b)]);

        var whole = WfdbRecord.Read(folder.HeaderPath);
        var limited = WfdbRecord.Read(folder.HeaderPath, mostFrames: 1);

        Assert.Equal([0, 1, 3, 4, 6, 7], whole.Samples[0]);
        Assert.Equal([5, 8], whole.Samples[1]);
        Assert.Equal((200.0, 100.0), (whole.SamplesPerSecond(0), whole.SamplesPerSecond(1)));
        Assert.Equal([0, 1], limited.Samples[0]);
    }

    [Fact]
    public void Read_ShorterThanAnnounced_GivesWhatIsThere()
    {
        using var folder = new TemporaryRecord("r 1 250 1000000000000", "r.dat 212 200", [1, 0x20, 3, 4, 0]);

        Assert.Equal([1, 515, 4], WfdbRecord.Read(folder.HeaderPath).Samples[0]);
    }

    [Theory]
    [InlineData("r.dat 516 200")]
    [InlineData("r.dat 16+99 200")]
    public void Read_Unreadable_Throws(string signal)
    {
        using var folder = new TemporaryRecord("r 1 250", signal, [0, 0]);

        Assert.Throws<WfdbFormatException>(() => WfdbRecord.Read(folder.HeaderPath));
    }
}

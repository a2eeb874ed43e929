using FieldNet.Bedside.Patients;
using FieldNet.Bedside.Recordings;
using FieldNet.TestKit;

namespace FieldNet.Bedside.Tests.Recordings;

public sealed class RecordingLibraryTests
{
    [Fact]
    public void Load_Cinc2015_HasEveryRecordWithItsAlarm()
    {
        string? folder = SharedData.Find("cinc2015");
        Assert.SkipUnless(folder is not null, SharedData.Absent);

        var recordings = RecordingLibrary.Load(folder, 1000, seed: 1);

        Assert.Equal(184, recordings.Count);
        Assert.DoesNotContain(recordings, r => r.Called == Rhythm.Regular);
        Assert.Equal(35, recordings.Count(r => r.Called == Rhythm.Asystole));
        Assert.All(recordings.SelectMany(r => r.Waves), w => Assert.Equal(250, w.SamplesPerSecond));
        Assert.All(recordings, r => Assert.Contains(r.Waves, w => w.Signal.StartsWith("MDC_ECG_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_SameSeed_ChoosesTheSame()
    {
        string? folder = SharedData.Find("cinc2015");
        Assert.SkipUnless(folder is not null, SharedData.Absent);

        string[] Names(int seed) => [.. RecordingLibrary.Load(folder, 5, seed).Select(r => r.Name)];

        Assert.Equal(Names(1), Names(1));
        Assert.NotEqual(Names(1), Names(2));
    }

    [Fact]
    public void Load_FolderInDepth_TakesTheUsableAndSkipsTheBroken()
    {
        using var folder = new RecordFolder();
        folder.Write("deep/down/good", "good 2 100 2000\ngood.dat 16 200(100)/mV 16 0 0 0 0 ECG lead II\ngood.dat 16 2/mmHg 16 0 0 0 0 ART", new short[4000]);
        folder.Write("broken", "broken two", []);
        folder.Write("other", "other 1 100 2000\nother.dat 16 200 16 0 0 0 0 Marker", new short[2000]);

        var recording = Assert.Single(RecordingLibrary.Load(folder.Path, 10, seed: 1));

        Assert.Equal(["MDC_ECG_ELEC_POTL_II mV", "MDC_PRESS_BLD_ART mm[Hg]"], recording.Waves.Select(w => $"{w.Signal} {w.Unit}"));
        Assert.Equal((1 / 200.0, -0.5, 20.0), (recording.Waves[0].Gain, recording.Waves[0].Offset, recording.Seconds));
    }

    [Fact]
    public void Load_RecordOfSegments_IsPlayedWithItsGaps()
    {
        using var folder = new RecordFolder();
        folder.Write("m", "m/3 1 100 3000\na 1000\n~ 1000\nb 1000", []);
        folder.Write("a", "a 1 100 1000\na.dat 16 200/mV 16 0 0 0 0 II", [.. Enumerable.Repeat((short)7, 1000)]);
        folder.Write("b", "b 1 100 1000\nb.dat 16 100/mV 16 0 0 0 0 II", [.. Enumerable.Repeat((short)5, 1000)]);

        var recording = RecordingLibrary.Load(folder.Path, 10, seed: 1).Single(r => r.Name == "m");

        Assert.Equal(30.0, recording.Seconds);
        Assert.Equal([7, Wave.Missing, 10], new[] { 999, 1000, 2000 }.Select(i => recording.Waves[0].Samples[i]));
    }

    [Fact]
    public void Load_SignalFileAbsent_SaysWhich()
    {
        using var folder = new RecordFolder();
        folder.Write("lone", "lone 1 100 2000\ngone.dat 16 200/mV 16 0 0 0 0 II", []);

        var none = Assert.Throws<SimulationException>(() => RecordingLibrary.Load(folder.Path, 1, 1));

        Assert.Contains("gone.dat is not there", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NothingUsable_SaysSo()
    {
        using var folder = new RecordFolder();

        var empty = Assert.Throws<SimulationException>(() => RecordingLibrary.Load(folder.Path, 1, 1));
        var absent = Assert.Throws<SimulationException>(() => RecordingLibrary.Load(folder.Path + "/nowhere", 1, 1));

        Assert.Contains("no .hea file", empty.Message, StringComparison.Ordinal);
        Assert.Contains("can't be read", absent.Message, StringComparison.Ordinal);
    }
}

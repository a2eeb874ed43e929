using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Log;

public sealed class LogCursorTests
{
    private readonly SimulatedDisk _folder = new();

    [Fact]
    public void Advance_ThenPowerCut_ComesBackWhereItWas()
    {
        const int Seeds = 200;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (disk, random) = (new SimulatedDisk(), new Random(seed));
            long saved = 0;
            for (var life = 0; life < 3; life++)
            {
                disk.CrashAfter = random.Next(60);
                try
                {
                    var cursor = new LogCursors(disk).Open("trends");
                    Assert.True(cursor.Through >= saved, $"seed {seed}: {cursor.Through} after {saved}");
                    while (true)
                    {
                        cursor.Advance(cursor.Through + 1 + random.Next(100));
                        saved = cursor.Through;
                    }
                }
                catch (SimulatedCrashException)
                {
                    disk = disk.AfterCrash(random);
                }
            }
        }
    }

    /// <summary>A reader that has done with a number passes over it: were it given again, that record would never reach the trends.</summary>
    [Fact]
    public void Open_LogLostItsEnd_NumbersOnBehindItsCursors()
    {
        var disk = new SimulatedDisk();
        new LogCursors(_folder).Open("trends").Advance(50);
        using (var log = CaptureLog.OpenWithoutThread(disk, new CaptureLogOptions(), _folder))
        {
            Assert.Equal(50, log.Recovered.LastNumber);
            log.Append(Records.Make(51, seed: 1, payloadBytes: 10), LogLane.Facts, new TopicTable());
            log.CommitLanes(all: true);
            Assert.Equal(51, log.CommittedThrough(LogLane.Facts));
        }

        Assert.Equal([51L], Records.ReadAll(disk).Select(record => record.Number));
    }

    [Fact]
    public void Advance_DiskTakesNothing_GoesOnInMemoryAndIsSavedLater()
    {
        var cursor = new LogCursors(_folder).Open("trends");
        cursor.Advance(5);
        _folder.FailWhen = _ => true;
        cursor.Advance(7);

        Assert.Equal(7, cursor.Through);
        Assert.Equal(5, Assert.Single(new LogCursors(_folder.AfterCrash(new Random(1))).All).Through);

        _folder.FailWhen = null;
        cursor.Advance(8);
        Assert.Equal(8, Assert.Single(new LogCursors(_folder).All).Through);
    }

    [Fact]
    public void Open_DamagedFile_BeginsAtTheBeginning()
    {
        _folder.Put("trends.json", "{\"through\":"u8);

        Assert.Equal(0, new LogCursors(_folder).Open("trends").Through);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a b")]
    public void Open_NameThatIsNone_Throws(string name) => Assert.Throws<ArgumentException>(() => new LogCursors(_folder).Open(name));

    [Fact]
    public void Advance_Backwards_Throws()
    {
        var cursor = new LogCursors(_folder).Open("trends");
        cursor.Advance(5);

        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.Advance(4));
    }

    [Fact]
    public void Remove_Cursor_IsGoneForGood()
    {
        var cursors = new LogCursors(_folder);
        cursors.Open("trends").Advance(3);
        cursors.Remove("trends");

        Assert.Empty(cursors.All);
        Assert.Empty(new LogCursors(_folder.AfterCrash(new Random(1))).All);
    }
}

using FieldNet.Capture.Checkpoints;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Checkpoints;

public sealed class CheckpointFolderTests
{
    private readonly SimulatedDisk _disk = new();

    private CheckpointFolder Folder => new(_disk);

    [Fact]
    public void Write_ReadBack_Same()
    {
        Folder.Write(Make(7, 70));

        var read = Folder.Read(7)!;
        Assert.Equal((7L, 70L, "1.2"), (read.Number, read.LogTimeUs, read.Version));
        Assert.Equal(["a", "b"], read.Parts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3], read.Parts["a"]);
        Assert.Empty(read.Parts["b"]);
        Assert.Equal(70, Folder.LogTimeUs(7));
    }

    [Fact]
    public void NewestFirst_EveryByteFlippedInTurn_PassesItOver()
    {
        Folder.Write(Make(3, 30));
        Folder.Write(Make(5, 50));
        var name = _disk.List().Single(file => file.Contains("005", StringComparison.Ordinal));
        var good = _disk.Contents(name);
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= 0x10;
            _disk.Put(name, bad);
            // Bytes 10 and 11 say nothing, but are summed.
            Assert.Equal([3L], Folder.NewestFirst().Select(checkpoint => checkpoint.Number));
        }
    }

    [Fact]
    public void NewestFirst_TornAnywhere_PassesItOver()
    {
        Folder.Write(Make(3, 30));
        Folder.Write(Make(5, 50));
        var name = _disk.List().Single(file => file.Contains("005", StringComparison.Ordinal));
        var good = _disk.Contents(name);
        for (var length = 0; length < good.Length; length++)
        {
            _disk.Put(name, good.AsSpan(0, length));
            Assert.Equal([3L], Folder.NewestFirst().Select(checkpoint => checkpoint.Number));
        }
    }

    [Fact]
    public void Before_TakesTheLastOneOfNoLaterTime()
    {
        foreach (var number in (long[])[3, 5, 9])
        {
            Folder.Write(Make(number, number * 10));
        }

        Assert.Equal([null, 3, 5, 9], new long?[] { 29, 49, 89, 1000 }.Select(us => Folder.Before(us!.Value)?.Number));
    }

    [Fact]
    public void NewestFirst_CrashAtAnyWrite_GivesWholeOnesOnly()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk();
            new CheckpointFolder(disk).Write(Make(1, 10));
            disk.CrashAfter = random.Next(6);
            try
            {
                new CheckpointFolder(disk).Write(Make(2, 20));
            }
            catch (SimulatedCrashException)
            {
                // The power went.
            }

            var left = new CheckpointFolder(disk.AfterCrash(random)).NewestFirst().Select(checkpoint => (checkpoint.Number, checkpoint.Parts["a"].Length)).ToArray();
            Assert.Contains((1, 3), left);
            Assert.All(left, checkpoint => Assert.Equal(3, checkpoint.Length));
        }
    }

    private static Checkpoint Make(long number, long logTimeUs) =>
        new(number, logTimeUs, "1.2", new Dictionary<string, byte[]> { ["b"] = [], ["a"] = [1, 2, 3] });
}

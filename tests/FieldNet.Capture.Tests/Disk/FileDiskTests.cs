using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Tests.Disk;

public sealed class FileDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_FolderOfARunningAgent_IsInUse()
    {
        using var log = CaptureLog.Open(_folder, new CaptureLogOptions());

        var error = Assert.Throws<CaptureException>(() => CaptureLog.Open(_folder, new CaptureLogOptions()));

        Assert.Equal(CaptureErrorKind.DataFolderInUse, error.Kind);
        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Delete_WhatMayNotBeDeleted_IsAFaultOfTheDiskLikeOthers()
    {
        var disk = FileDisk.ForWriting(_folder);
        Directory.CreateDirectory(Path.Combine(_folder, "log", "ballast"));

        Assert.Throws<IOException>(() => disk.Delete("ballast"));
    }

    [Fact]
    public void Sync_MoreThanTheCacheKeeps_ReadsBackWhole()
    {
        var disk = FileDisk.ForWriting(_folder);
        var (bytes, read) = (new byte[1_000_003], new byte[1_000_003]);
        new Random(1).NextBytes(bytes);
        using (var file = disk.Create("segment"))
        {
            for (var i = 0; i < 20; i++)
            {
                file.Write(bytes, (long)i * bytes.Length);
                file.Sync();
            }
        }

        using var again = disk.OpenRead("segment");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(read.Length, again.Read(read, (long)i * bytes.Length));
            Assert.Equal(bytes, read);
        }
    }

    [Fact]
    public void Open_FolderThatCannotBeMade_NamesPathAndCause()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<CaptureException>(() => CaptureLog.Open(Path.Combine(file, "data"), new CaptureLogOptions()));

        Assert.Equal(CaptureErrorKind.DataFolderUnwritable, error.Kind);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public void Open_NoLogThere_ReaderSaysSo()
    {
        var error = Assert.Throws<CaptureException>(() => LogReader.Open(_folder, new TopicTable()));

        Assert.Equal(CaptureErrorKind.NotADataFolder, error.Kind);
    }

    [Fact]
    public void Read_WhileTheAgentWrites_SeesWhatIsCommitted()
    {
        var topics = new TopicTable();
        using var log = CaptureLog.Open(Path.Combine(_folder, "new", "data"), new CaptureLogOptions());
        var written = Enumerable.Range(1, 50).Select(number => Records.Make(number, 2, 100)).ToList();
        written.ForEach(copy => log.Append(copy, (LogLane)(copy.Number % 2), topics));
        Assert.True(log.Commit(TimeSpan.FromSeconds(30)));

        Assert.Equal(written, Records.ReadAll(FileDisk.ForReading(Path.Combine(_folder, "new", "data"))));
    }
}

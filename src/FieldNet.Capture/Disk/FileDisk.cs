namespace FieldNet.Capture.Disk;

/// <summary>The <c>log</c> folder of a data folder, on a real file system.</summary>
/// <remarks>Threading: any thread.</remarks>
public sealed class FileDisk : IDisk
{
    private const string LogFolder = "log";
    private const string LockName = "lock";
    private const int WouldBlock = 11;

    private readonly string _folder;

    private FileDisk(string folder) => _folder = folder;

    /// <summary>For the one agent that writes: makes the folder when it is not there.</summary>
    /// <exception cref="CaptureException">The folder can't be made.</exception>
    public static FileDisk ForWriting(string dataFolder) => ForWriting(dataFolder, LogFolder);

    /// <summary>Another folder of the data folder, for the one agent that writes.</summary>
    /// <inheritdoc cref="ForWriting(string)"/>
    public static FileDisk ForWriting(string dataFolder, string name)
    {
        var folder = Path.GetFullPath(Path.Combine(dataFolder, name));
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                // A new folder's name lives in its parent; the data folder itself may be new too.
                LibC.SyncDirectory(Path.GetDirectoryName(folder)!);
                LibC.SyncDirectory(Path.GetDirectoryName(Path.GetDirectoryName(folder)!) ?? "/");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(dataFolder, e);
        }

        return new FileDisk(folder);
    }

    /// <summary>For reading: changes nothing.</summary>
    /// <exception cref="CaptureException">There is no log there.</exception>
    public static FileDisk ForReading(string dataFolder) => ForReading(dataFolder, LogFolder);

    /// <inheritdoc cref="ForReading(string)"/>
    public static FileDisk ForReading(string dataFolder, string name)
    {
        var folder = Path.GetFullPath(Path.Combine(dataFolder, name));
        return Directory.Exists(folder)
            ? new FileDisk(folder)
            : throw new CaptureException(CaptureErrorKind.NotADataFolder, dataFolder, $"'{dataFolder}' holds no log: it is not a data folder of FieldNet.");
    }

    /// <inheritdoc/>
    public IDisposable Lock()
    {
        try
        {
            // FileShare.None is flock(LOCK_EX) here: the kernel lets go of it however the agent ends.
            return File.OpenHandle(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new CaptureException(CaptureErrorKind.DataFolderInUse, _folder, $"Another agent is writing to '{_folder}': stop it, or choose another data folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_folder, e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path))];

    /// <inheritdoc/>
    public IDiskFile Create(string name) => Open(name, FileMode.CreateNew, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public IDiskFile OpenRead(string name) => Open(name, FileMode.Open, FileAccess.Read);

    /// <inheritdoc/>
    public void Truncate(string name, long length)
    {
        using var file = Open(name, FileMode.Open, FileAccess.ReadWrite);
        file.SetLength(length);
        file.Sync();
    }

    /// <inheritdoc/>
    public void Delete(string name) => AsDiskFault(() => File.Delete(PathOf(name)));

    /// <inheritdoc/>
    public void Replace(string name, string newName) => AsDiskFault(() => File.Move(PathOf(name), PathOf(newName), overwrite: true));

    /// <inheritdoc/>
    public long LengthOf(string name) => new FileInfo(PathOf(name)).Length;

    /// <inheritdoc/>
    public DiskSpace Space
    {
        get
        {
            var drive = new DriveInfo(_folder);
            return new DiskSpace(drive.TotalSize - drive.TotalFreeSpace, drive.AvailableFreeSpace);
        }
    }

    /// <inheritdoc/>
    public void SyncDirectory() => LibC.SyncDirectory(_folder);

    private static CaptureException Unwritable(string folder, Exception cause) =>
        new(CaptureErrorKind.DataFolderUnwritable, folder, $"The data folder '{folder}' can't be written: {cause.Message}", cause);

    /// <summary>What the folder's rights forbid is a fault of the disk like others: whoever tries again must not die of it.</summary>
    private static void AsDiskFault(Action act)
    {
        try
        {
            act();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private FileDiskFile Open(string name, FileMode mode, FileAccess access)
    {
        try
        {
            return new FileDiskFile(File.OpenHandle(PathOf(name), mode, access, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}

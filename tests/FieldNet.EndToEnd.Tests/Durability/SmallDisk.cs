using System.Diagnostics;
using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>A file system of a few megabytes of its own, to be filled; only root may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DataFolder _mount = new();

    private SmallDisk()
    {
    }

    public string Data => _mount.File("data");

    public long FreeBytes => new DriveInfo(_mount.Path).AvailableFreeSpace;

    /// <returns>Null where none can be mounted.</returns>
    public static SmallDisk? TryMount(int megabytes)
    {
        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk._mount.Path))
        {
            return disk;
        }

        disk._mount.Dispose();
        return null;
    }

    /// <summary>Somebody else's file takes all but so much.</summary>
    public void LeaveFree(string file, long bytes)
    {
        using var filler = File.OpenHandle(_mount.File(file), FileMode.Create, FileAccess.Write);
        var block = new byte[1 << 16];
        for (long at = 0; FreeBytes > bytes; at += block.Length)
        {
            RandomAccess.Write(filler, block.AsSpan(0, (int)Math.Min(block.Length, FreeBytes - bytes)), at);
        }
    }

    public void Delete(string file) => File.Delete(_mount.File(file));

    public void Dispose()
    {
        Assert.True(Run("umount", _mount.Path), $"{_mount.Path} is still in use");
        _mount.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

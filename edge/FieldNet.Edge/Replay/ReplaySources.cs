using FieldNet.Capture.Packets;
using FieldNet.Capture.Replay;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Replay;

/// <summary>Finds out what a path holds and opens it as a source of records.</summary>
internal static class ReplaySources
{
    /// <exception cref="BadArgumentException">Nothing there that can be replayed.</exception>
    public static IReplaySource Open(IReadOnlyList<string> paths)
    {
        if (paths.FirstOrDefault(path => !Directory.Exists(path) && !File.Exists(path)) is { } absent)
        {
            throw new BadArgumentException($"there is no file or folder {absent}.");
        }

        return paths.All(Directory.Exists) ? new FolderSource(paths)
            : paths.All(File.Exists) ? OpenFiles(paths)
            : throw new BadArgumentException("data folders and files can't be one timeline; replay one kind at a time.");
    }

    private static PacketSource OpenFiles(IReadOnlyList<string> paths)
    {
        try
        {
            foreach (var path in paths)
            {
                CaptureFile.Open(path).Dispose();
            }

            return new PacketSource(paths);
        }
        catch (PacketCaptureException unreadable)
        {
            throw new BadArgumentException($"{unreadable.Message} replay reads data folders (what serve and demo write with --data), pcap and pcapng.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"{cause.Message}", cause);
        }
    }
}

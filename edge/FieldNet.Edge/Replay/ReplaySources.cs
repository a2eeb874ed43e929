using FieldNet.Bedside.Recordings;
using FieldNet.Capture.Packets;
using FieldNet.Capture.Replay;
using FieldNet.Capture.Wfdb;
using FieldNet.Edge.Verbs;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Replay;

/// <summary>Finds out what a path holds and opens it as a source of records.</summary>
internal static class ReplaySources
{
    /// <inheritdoc cref="Open(IReadOnlyList{string}, TopicTable, long)"/>
    public static IReplaySource Open(IReadOnlyList<string> paths) => Open(paths, new TopicTable());

    /// <param name="topics">Interns the topics of the records.</param>
    /// <param name="from">The first record wanted, of a single data folder.</param>
    /// <exception cref="BadArgumentException">Nothing there that can be replayed.</exception>
    public static IReplaySource Open(IReadOnlyList<string> paths, TopicTable topics, long from = 1)
    {
        if (paths is [var record] && !Directory.Exists(record) && WfdbInspect.HeaderOf(record) is { } header)
        {
            return OpenRecord(header, topics);
        }

        if (paths.FirstOrDefault(path => !Directory.Exists(path) && !File.Exists(path)) is { } absent)
        {
            throw new BadArgumentException($"there is no file or folder {absent}.");
        }

        return paths.All(Directory.Exists) ? new FolderSource(paths, topics, from)
            : paths.All(File.Exists) ? OpenFiles(paths, topics)
            : throw new BadArgumentException("data folders and files can't be one timeline; replay one kind at a time.");
    }

    private static WfdbSource OpenRecord(string header, TopicTable topics)
    {
        try
        {
            return new WfdbSource(header, topics);
        }
        catch (WfdbFormatException unreadable)
        {
            throw new BadArgumentException($"{unreadable.Message}.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FlacUnavailableException)
        {
            throw new EnvironmentFaultException(cause.Message, cause);
        }
    }

    private static PacketSource OpenFiles(IReadOnlyList<string> paths, TopicTable topics)
    {
        try
        {
            foreach (var path in paths)
            {
                CaptureFile.Open(path).Dispose();
            }

            return new PacketSource(paths, topics);
        }
        catch (PacketCaptureException unreadable)
        {
            throw new BadArgumentException($"{unreadable.Message} replay reads data folders (what serve and demo write with --data), pcap, pcapng and WFDB records (by their .hea).");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"{cause.Message}", cause);
        }
    }
}

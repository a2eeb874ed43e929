using FieldNet.Capture;
using FieldNet.Capture.Log;
using FieldNet.Dashboard.Replay;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>What may be replayed: the running agent's own log, and every data folder and packet capture below the folder of captures.</summary>
/// <remarks>
/// A capture is asked for by its name in this list and never by a path, so a page can open nothing else.
/// Full policy: past <see cref="MaxOffers"/> the oldest are not offered.
/// </remarks>
/// <param name="data">The running agent's data folder.</param>
/// <param name="captures">Folder of captures; it need not exist.</param>
internal sealed class CaptureShelf(string data, string captures, ICommitMark marks)
{
    /// <summary>Name of the agent's own log; no folder's, since it could not be one.</summary>
    public const string LiveId = "*live";

    private const int MaxOffers = 200;
    private const int MaxDepth = 4;

    private static readonly string[] Extensions = ["*.pcap", "*.pcapng"];

    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MaxDepth,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    public Capture? Find(string id) => List().FirstOrDefault(capture => capture.Offer.Id == id);

    public IReadOnlyList<Capture> List() => [.. Live(), .. Stored().OrderByDescending(capture => capture.Offer.ModifiedMs).Take(MaxOffers)];

    private IEnumerable<Capture> Live()
    {
        var through = Math.Min(marks.CommittedThrough(LogLane.Facts), marks.CommittedThrough(LogLane.Waves));
        return Offer(data, LiveId, Path.GetFileName(Path.GetFullPath(data)), "live") is { } offer ? [new Capture(offer, data, through)] : [];
    }

    private IEnumerable<Capture> Stored()
    {
        if (!Directory.Exists(captures))
        {
            yield break;
        }

        var folders = Directory.EnumerateDirectories(captures, "log", Walk).Select(log => Path.GetDirectoryName(log)!);
        foreach (var file in Extensions.SelectMany(extension => Directory.EnumerateFiles(captures, extension, Walk)))
        {
            var (name, info) = (NameOf(file), new FileInfo(file));
            yield return new Capture(new CaptureDto(name, name, Capture.Packets, FirstMs: null, Modified(info), info.Length), file);
        }

        foreach (var folder in folders.Where(folder => Path.GetFullPath(folder) != Path.GetFullPath(data)))
        {
            var name = NameOf(folder);
            if (Offer(folder, name, name, "fieldnet") is { } offer)
            {
                yield return new Capture(offer, folder);
            }
        }
    }

    private string NameOf(string path) => Path.GetRelativePath(captures, path).Replace('\\', '/');

    /// <returns>Null for a folder that holds no log, or one that can't be read.</returns>
    private static CaptureDto? Offer(string folder, string id, string name, string kind)
    {
        try
        {
            using var reader = LogReader.Open(folder, new TopicTable());
            var files = new DirectoryInfo(Path.Combine(folder, "log")).GetFiles("*.seg");
            return reader.TryRead(out var first)
                ? new CaptureDto(id, name, kind, first.LogTimeUs / 1000d, files.Max(Modified), files.Sum(file => file.Length))
                : null;
        }
        catch (Exception unreadable) when (unreadable is CaptureException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static double Modified(FileInfo file) => (file.LastWriteTimeUtc - DateTime.UnixEpoch).TotalMilliseconds;
}

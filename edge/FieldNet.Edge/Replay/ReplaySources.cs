using FieldNet.Capture.Replay;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Replay;

/// <summary>Finds out what a path holds and opens it as a source of records.</summary>
internal static class ReplaySources
{
    /// <exception cref="BadArgumentException">Nothing there that can be replayed.</exception>
    public static IReplaySource Open(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (!Directory.Exists(path) && !File.Exists(path))
            {
                throw new BadArgumentException($"there is no file or folder {path}.");
            }
        }

        return new FolderSource(paths);
    }
}

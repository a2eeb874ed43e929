using System.Text.Json;
using FieldNet.Capture.Disk;

namespace FieldNet.Capture.Log;

/// <summary>The durable named cursors of a log: one small JSON file each, in the data folder's <c>cursors</c>.</summary>
/// <remarks>
/// Threading: any thread. Written whole beside the old one, committed, then put in its place: a crash leaves the one or the other.
/// Errors: a file that can't be read is a cursor at the beginning of the log.
/// </remarks>
public sealed class LogCursors
{
    public const string Folder = "cursors";

    private const string Extension = ".json";
    private const int MaxBytes = 4096;

    private readonly IDisk? _disk;
    private readonly Lock _gate = new();
    private readonly List<LogCursor> _cursors = [];

    /// <param name="disk">The folder; null keeps them in memory only.</param>
    internal LogCursors(IDisk? disk)
    {
        _disk = disk;
        foreach (var file in disk?.List().Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
        {
            if (file.EndsWith(Extension, StringComparison.Ordinal))
            {
                var saved = Load(disk!, file);
                _cursors.Add(new LogCursor(this, file[..^Extension.Length], saved.Through, saved.CutAt));
            }
        }
    }

    public IReadOnlyList<LogCursor> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _cursors];
            }
        }
    }

    /// <summary>The cursors of a data folder, which may be a running agent's, for looking at.</summary>
    public static IReadOnlyList<LogCursor> Read(string dataFolder) =>
        Directory.Exists(Path.Combine(dataFolder, Folder)) ? new LogCursors(FileDisk.ForReading(dataFolder, Folder)).All : [];

    /// <summary>The cursor of that name, where it was left; a new one holds the log from its beginning.</summary>
    /// <param name="name">Letters, digits and <c>-</c>.</param>
    public LogCursor Open(string name)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException($"A cursor's name is letters, digits and '-', at most 64; '{name}' is none.", nameof(name));
        }

        lock (_gate)
        {
            var cursor = _cursors.Find(known => known.Name == name);
            if (cursor is null)
            {
                _cursors.Add(cursor = new LogCursor(this, name, through: 0, cutAt: 0));
                TrySave(cursor);
            }

            return cursor;
        }
    }

    /// <summary>Forgets a cursor: nothing is kept for its owner any more.</summary>
    /// <exception cref="IOException">The disk does not let it go.</exception>
    public void Remove(string name)
    {
        lock (_gate)
        {
            if (_cursors.RemoveAll(known => known.Name == name) > 0 && _disk is not null && _disk.List().Contains(name + Extension))
            {
                _disk.Delete(name + Extension);
                _disk.SyncDirectory();
            }
        }
    }

    /// <returns>False when the disk did not take it.</returns>
    internal bool TrySave(LogCursor cursor)
    {
        lock (_gate)
        {
            if (_disk is null || !_cursors.Contains(cursor))
            {
                return false;
            }

            try
            {
                var (name, beside) = (cursor.Name + Extension, cursor.Name + ".new");
                if (_disk.List().Contains(beside))
                {
                    _disk.Delete(beside);
                }

                using (var file = _disk.Create(beside))
                {
                    file.Write(JsonSerializer.SerializeToUtf8Bytes(new Saved(cursor.Through, cursor.CutAt), CursorJson.Default.Saved), 0);
                    file.Sync();
                }

                _disk.Replace(beside, name);
                _disk.SyncDirectory();
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    private static Saved Load(IDisk disk, string name)
    {
        var bytes = new byte[MaxBytes];
        try
        {
            using var file = disk.OpenRead(name);
            return JsonSerializer.Deserialize(bytes.AsSpan(0, file.Read(bytes, 0)), CursorJson.Default.Saved);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    internal readonly record struct Saved(long Through, long CutAt);
}

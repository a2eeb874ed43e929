using System.Buffers;
using System.Security.Cryptography;
using FieldNet.Edge.Verbs;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using Microsoft.Win32.SafeHandles;

namespace FieldNet.Edge.Agent;

/// <summary>The processor's output as a file: each event's line leaves only when its record is committed.</summary>
/// <remarks>
/// Shape: whatever a replay of the whole log gives (P4); a restart goes on behind what a checkpoint covers.
/// Threading: <see cref="Take"/> on the processor's thread; <see cref="Release"/> from one other.
/// Loss: none; what a crash takes, a start computes again. A disk that takes no more is tried again; lines beyond
/// <see cref="MostWaitingBytes"/> end the file until the next start.
/// </remarks>
internal sealed class EventFile : IEventSink, IDisposable
{
    private const long MostWaitingBytes = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<(long Record, string Kind, byte[] Line)> _waiting = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly SortedDictionary<string, long> _byKind = new(StringComparer.Ordinal);
    private readonly string? _path;
    private readonly bool _isKept;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private SafeFileHandle? _file;
    private bool _isUnsynced;
    private long _length;
    private long _waitingBytes;
    private long _number;

    /// <param name="path">Null keeps counts and the hash only.</param>
    /// <param name="keep">What the file holds stays, until <see cref="GoOnBehind"/> or <see cref="BeginAnew"/> says how much of it; and lines are made durable.</param>
    /// <exception cref="EnvironmentFaultException">It can't be written.</exception>
    /// <exception cref="BadArgumentException">It is a data folder's own, and this is to be a copy.</exception>
    public EventFile(string? path, bool keep = false)
    {
        (_path, _isKept) = (path, keep);
        if (path is not null && !keep && IsKeptByAnAgent(path))
        {
            throw new BadArgumentException($"{path} is a data folder's own event file, which is kept for good. Give --events another file.");
        }

        try
        {
            _file = path is null ? null : File.OpenHandle(path, keep ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"events can't be written to {path}: {cause.Message} Give --events another file.", cause);
        }
    }

    /// <summary>Events by kind, of the lines released so far.</summary>
    public IReadOnlyDictionary<string, long> ByKind => _byKind;

    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The number of the last event taken, and how long the file is with its line.</summary>
    /// <remarks>Threading: as <see cref="Take"/>.</remarks>
    public (long Number, long Length) End
    {
        get
        {
            lock (_gate)
            {
                return (_number, _length + _waitingBytes);
            }
        }
    }

    /// <inheritdoc/>
    public void Take(WardEvent happened)
    {
        lock (_gate)
        {
            _line.ResetWrittenCount();
            EventJson.WriteLine(happened, _line);
            _waiting.Enqueue((happened.Record, happened.Kind, _line.WrittenSpan.ToArray()));
            _waitingBytes += _line.WrittenCount;
            _number = happened.Number;
        }
    }

    /// <summary>Lets go what is committed in both lanes.</summary>
    public void Release(ICommitMark marks) =>
        ReleaseThrough(Math.Min(marks.CommittedThrough(LogLane.Facts), marks.CommittedThrough(LogLane.Waves)));

    public void ReleaseThrough(long record)
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var next) && next.Record <= record && TryWrite(next.Line))
            {
                _waiting.Dequeue();
                _waitingBytes -= next.Line.Length;
                _length += next.Line.Length;
                _byKind[next.Kind] = _byKind.GetValueOrDefault(next.Kind) + 1;
                _hash.AppendData(next.Line);
                _isUnsynced = true;
            }

            if (_isUnsynced && _isKept && _file is not null)
            {
                _isUnsynced = !TrySync(_file);
            }
        }
    }

    /// <summary>Keeps the lines up to an event, and drops the rest, which will be computed again.</summary>
    /// <returns>False when the file does not hold them: nothing was changed.</returns>
    public bool GoOnBehind(long number, long length)
    {
        lock (_gate)
        {
            if (_file is null || RandomAccess.GetLength(_file) < length || !TryCount(length, number))
            {
                return false;
            }

            RandomAccess.SetLength(_file, length);
            (_number, _length) = (number, length);
            return true;
        }
    }

    /// <summary>An empty file; an old one's lines stay beside it, since they may be all that is left of their time.</summary>
    public void BeginAnew()
    {
        lock (_gate)
        {
            _hash.GetHashAndReset();
            _byKind.Clear();
            (_number, _length) = (0, 0);
            if (_file is not null && RandomAccess.GetLength(_file) > 0)
            {
                File.Copy(_path!, _path + ".before", overwrite: true);
                RandomAccess.SetLength(_file, 0);
            }
        }
    }

    /// <summary>Writes what it holds so far to another file.</summary>
    public void CopyTo(EventFile other)
    {
        lock (_gate)
        {
            var bytes = new byte[64 * 1024];
            for (long at = 0; at < _length;)
            {
                var read = RandomAccess.Read(_file!, bytes.AsSpan(0, (int)Math.Min(bytes.Length, _length - at)), at);
                RandomAccess.Write(other._file!, bytes.AsSpan(0, read), at);
                at += read;
            }

            other._length = _length;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _hash.Dispose();
    }

    /// <summary>A disk that fails here must not end the loop that lets events go; what it lost a start computes again.</summary>
    private static bool TrySync(SafeFileHandle file)
    {
        try
        {
            RandomAccess.FlushToDisk(file);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>By whatever links: a copy begins by emptying its file.</summary>
    private static bool IsKeptByAnAgent(string path) =>
        File.Exists(path)
        && (File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path)) is var real
        && Path.GetFileName(real) == AgentEvents.FileName
        && Directory.Exists(Path.Combine(Path.GetDirectoryName(real)!, "log"));

    /// <summary>A disk that takes no more must not stop the ward, nor fill the memory with waiting lines.</summary>
    /// <returns>False when the disk refused: the line waits.</returns>
    private bool TryWrite(byte[] line)
    {
        if (_file is null)
        {
            return true;
        }

        try
        {
            RandomAccess.Write(_file, line, _length);
            return true;
        }
        catch (IOException cause)
        {
            if (_waitingBytes < MostWaitingBytes)
            {
                return false;
            }

            Console.Error.WriteLine($"fieldnet: events can't be written to {_path}: {cause.Message} The file ends here; the next start writes it anew.");
            _file.Dispose();
            _file = null;
            return true;
        }
    }

    /// <summary>Reads the lines that stay: they count, and are part of the hash.</summary>
    private bool TryCount(long length, long number)
    {
        var byKind = new Dictionary<string, long>(StringComparer.Ordinal);
        long last = 0;
        foreach (var line in EventLines.Read(_file!, length))
        {
            if (!EventLines.TryParse(line, out last, out var kind))
            {
                return false;
            }

            byKind[kind] = byKind.GetValueOrDefault(kind) + 1;
        }

        if (last != number)
        {
            return false;
        }

        _byKind.Clear();
        _hash.GetHashAndReset();
        foreach (var line in EventLines.Read(_file!, length))
        {
            _hash.AppendData(line);
        }

        foreach (var (kind, count) in byKind)
        {
            _byKind.Add(kind, count);
        }

        return true;
    }
}

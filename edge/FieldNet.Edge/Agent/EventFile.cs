using System.Buffers;
using System.Security.Cryptography;
using FieldNet.Edge.Verbs;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.Agent;

/// <summary>The processor's output as a file: each event's line leaves only when its record is committed.</summary>
/// <remarks>
/// Shape: rewritten from the log's first record at each start, so that it always is what a replay of the whole log gives (P4).
/// Threading: <see cref="Take"/> on the processor's thread; <see cref="Release"/> from one other.
/// Loss: none; a crash, or a disk that takes no more, loses lines that the next start writes again. Bounded by the log's own uncommitted bytes.
/// </remarks>
internal sealed class EventFile : IEventSink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Record, string Kind, byte[] Line)> _waiting = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly SortedDictionary<string, long> _byKind = new(StringComparer.Ordinal);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _file;

    /// <param name="path">Null keeps counts and the hash only.</param>
    public EventFile(string? path)
    {
        try
        {
            _file = path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"events can't be written to {path}: {cause.Message} Give --events another file.", cause);
        }
    }

    /// <summary>Events by kind, of the lines released so far.</summary>
    public IReadOnlyDictionary<string, long> ByKind => _byKind;

    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Take(WardEvent happened)
    {
        lock (_gate)
        {
            _line.ResetWrittenCount();
            EventJson.WriteLine(happened, _line);
            _waiting.Enqueue((happened.Record, happened.Kind, _line.WrittenSpan.ToArray()));
        }
    }

    /// <summary>Lets go what is committed in both lanes.</summary>
    public void Release(ICommitMark marks) =>
        ReleaseThrough(Math.Min(marks.CommittedThrough(LogLane.Facts), marks.CommittedThrough(LogLane.Waves)));

    public void ReleaseThrough(long record)
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var next) && next.Record <= record)
            {
                _waiting.Dequeue();
                _byKind[next.Kind] = _byKind.GetValueOrDefault(next.Kind) + 1;
                _hash.AppendData(next.Line);
                Write(next.Line);
            }
        }
    }

    /// <summary>A disk that takes no more must not stop the ward, nor fill the memory with waiting lines.</summary>
    private void Write(byte[] line)
    {
        try
        {
            _file?.Write(line);
        }
        catch (IOException cause)
        {
            Console.Error.WriteLine($"fieldnet: events can't be written to {_file!.Name}: {cause.Message} The file ends here; the next start writes it anew.");
            _file.Dispose();
            _file = null;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _hash.Dispose();
    }
}

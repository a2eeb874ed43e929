using System.Buffers.Binary;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.Agent;

/// <summary>The agent's events: the data folder's own file, kept for good, and a copy where the user asked for one.</summary>
/// <remarks>Threading: <see cref="Take"/> and the checkpoints on the processor's thread, <see cref="Release"/> on one other.</remarks>
internal sealed class AgentEvents : IEventSink, ICheckpointView, IDisposable
{
    public const string FileName = "events.jsonl";

    private const int SavedBytes = 1 + 8 + 8;

    private readonly EventFile? _copy;

    /// <param name="dataFolder">Exists.</param>
    /// <param name="copy">Where else the same lines go; null nowhere.</param>
    /// <exception cref="Verbs.EnvironmentFaultException">One of them can't be written.</exception>
    public AgentEvents(string dataFolder, string? copy)
    {
        var kept = Path.GetFullPath(Path.Combine(dataFolder, FileName));
        File = new EventFile(kept, keep: true);
        try
        {
            _copy = copy is null || Path.GetFullPath(copy) == kept ? null : new EventFile(copy);
        }
        catch
        {
            File.Dispose();
            throw;
        }
    }

    /// <summary>The data folder's own.</summary>
    public EventFile File { get; }

    /// <inheritdoc/>
    public string CheckpointName => "events";

    /// <inheritdoc/>
    public void Take(WardEvent happened)
    {
        File.Take(happened);
        _copy?.Take(happened);
    }

    /// <inheritdoc cref="EventFile.Release"/>
    public void Release(ICommitMark marks)
    {
        File.Release(marks);
        _copy?.Release(marks);
    }

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record) => Refusal.None;

    /// <inheritdoc/>
    public byte[] SaveCheckpoint()
    {
        var (number, length) = File.End;
        var saved = new byte[SavedBytes];
        saved[0] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(1), number);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(9), length);
        return saved;
    }

    /// <inheritdoc/>
    public void RestoreCheckpoint(ReadOnlySpan<byte> saved, TopicTable topics)
    {
        if (saved.IsEmpty)
        {
            File.BeginAnew();
        }
        else if (saved.Length != SavedBytes || saved[0] != 1
            || !File.GoOnBehind(BinaryPrimitives.ReadInt64LittleEndian(saved[1..]), BinaryPrimitives.ReadInt64LittleEndian(saved[9..])))
        {
            throw new InvalidDataException("The data folder's event file does not hold the events that the checkpoint follows.");
        }
        else if (_copy is not null)
        {
            File.CopyTo(_copy);
        }
    }

    public void Dispose()
    {
        File.Dispose();
        _copy?.Dispose();
    }
}

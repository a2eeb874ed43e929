using FieldNet.Capture.Log;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Sequencing;

/// <summary>The one writer: gives each record its number and log time, appends it to the log, and applies the views in order.</summary>
public sealed class Sequencer : IIngress, IRecordInjector, IDisposable
{
    public Sequencer(CaptureLog log, TopicTable topics, SequencerOptions options, TimeProvider time) => throw new NotImplementedException();

    public ILogClock Clock => throw new NotImplementedException();
    public RefusalCounts Refusals { get; } = new();
    public ProcessorBeat Beat { get; } = new();

    /// <summary>Number of the last record.</summary>
    public long LastNumber => throw new NotImplementedException();

    /// <summary>Ends when the thread does: completed after <see cref="Stop"/>, faulted by a view that threw. The host ends with it.</summary>
    public Task Completion => throw new NotImplementedException();

    /// <summary>Replays the log through the views, writes agent_start and starts the thread.</summary>
    /// <param name="views">Applied in this order; the first refusal is the record's.</param>
    public ReplaySummary Start(IReadOnlyList<IRecordView> views) => throw new NotImplementedException();

    /// <summary>Takes what the rings still hold, writes the stop record, commits, and ends the thread. Connections must have ended before.</summary>
    public void Stop() => throw new NotImplementedException();

    public long NextConnection() => throw new NotImplementedException();
    public IIngressLane OpenLane(long connection, string client, IArrivalOwner owner) => throw new NotImplementedException();
    public void Refuse(Refusal reason, long connection, string client, string address, string detail) => throw new NotImplementedException();
    public void Inject(in Arrival arrival, long connection, string client) => throw new NotImplementedException();
    public void Dispose() => throw new NotImplementedException();
}

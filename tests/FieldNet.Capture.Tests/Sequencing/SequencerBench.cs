using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Sequencing;

/// <summary>A sequencer that a test drives step by step in virtual time, its log committed by the test or by its own thread.</summary>
internal sealed class SequencerBench : IDisposable
{
    public SequencerBench(SimulatedDisk? disk = null, CaptureLogOptions? logOptions = null, SequencerOptions? options = null, bool commitThread = false)
    {
        Disk = disk ?? new SimulatedDisk();
        Log = commitThread
            ? CaptureLog.Open(Disk, logOptions ?? new CaptureLogOptions())
            : CaptureLog.OpenWithoutThread(Disk, logOptions ?? new CaptureLogOptions());
        HostClocks = new ManualHostClocks(Time);
        options ??= new SequencerOptions();
        Sequencer = new Sequencer(Log, Topics, commitThread ? options : options with { CommitWait = TimeSpan.Zero }, Time, HostClocks);
    }

    public SimulatedDisk Disk { get; }

    public CaptureLog Log { get; }

    public ManualTime Time { get; } = new();

    public ManualHostClocks HostClocks { get; }

    public TopicTable Topics { get; } = new();

    public Sequencer Sequencer { get; }

    public RecordingView View { get; } = new();

    public HeardOwner Owner { get; } = new();

    public ReplaySummary Start(params IRecordView[] before) => Sequencer.StartWithoutThread([.. before, View]);

    public IIngressLane OpenLane(string client = "mon1") => Sequencer.OpenLane(Sequencer.NextConnection(), client, Owner);

    public static bool Post(IIngressLane lane, string payload, string topic = Records.Vitals, byte qos = 1, RecordKind kind = RecordKind.Publish) =>
        lane.TryPost(new Arrival
        {
            Kind = kind,
            Qos = qos,
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = Encoding.UTF8.GetBytes(payload),
            Awaited = qos > 0,
        });

    /// <summary>The orderly end of a run.</summary>
    public void Finish()
    {
        Sequencer.Finish();
        Log.CommitLanes(all: true);
        Log.Dispose();
    }

    public void Dispose() => Log.Dispose();
}

using System.Reactive.Subjects;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Feed;

/// <summary>The dashboard's ear on the sequencer: keeps the waveforms' last seconds, and publishes the ward ten times a second and the network once.</summary>
/// <remarks>
/// Threading: <see cref="Apply"/> and <see cref="BatchEnd"/> on the sequencer thread, after the ward processor was given the same records; the rest on any.
/// Errors: refuses nothing; what can't be decoded is the processor's to refuse and is not drawn.
/// </remarks>
/// <param name="views">The ward.</param>
/// <param name="clock">The log's.</param>
/// <param name="waves">Shared with the ward processor; null for one of its own.</param>
public sealed class WardFeed(IWardViews views, ILogClock clock, WaveDecoding? waves = null) : IRecordView, IBatchView, IDisposable
{
    private const long PublishEveryUs = 100_000;
    private const long NetworkEveryUs = 1_000_000;

    private readonly TelemetryDecoder _decoder = new();
    private readonly WaveDecoding _waves = waves ?? new WaveDecoding();
    private readonly Vitals _vitals = new();
    private readonly BehaviorSubject<WardSnapshot> _snapshots = new(WardSnapshot.Empty);
    private NetworkView _network = NetworkView.Empty;
    private long _publishedUs = long.MinValue;
    private long _networkUs = long.MinValue;

    internal WaveStore Waves { get; } = new();

    internal SentTimes Sent { get; } = new();

    /// <summary>The newest snapshot; <see cref="WardSnapshot.Empty"/> before the first.</summary>
    internal WardSnapshot Latest => _snapshots.Value;

    /// <summary>The network as it was taken last; <see cref="NetworkView.Empty"/> before the first.</summary>
    internal NetworkView LatestNetwork => Volatile.Read(ref _network);

    /// <summary>The newest at once, then each. Told on the sequencer thread: an observer only takes note.</summary>
    /// <remarks>One step for both: whoever read the newest and subscribed after would miss what is published in between.</remarks>
    internal IObservable<WardSnapshot> Snapshots => _snapshots;

    /// <summary>Log clock at the last publication; null before the first.</summary>
    internal long? PublishedUs => Volatile.Read(ref _publishedUs) is > long.MinValue and var us ? us : null;

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record)
    {
        if (record is { Kind: RecordKind.Publish, Topic.Scope: TopicScope.Watchdog })
        {
            // The screens' receipt is to measure the way of an alarm, and no alarm waits for the next second.
            _networkUs = long.MinValue;
        }
        else if (record.Kind == RecordKind.Publish && record.Topic is { Scope: TopicScope.Device, Refusal: Refusal.None, Id: >= 0 } topic)
        {
            switch (topic.Message)
            {
                case MessageKind.Wave:
                    ApplyWave(topic, record);
                    break;
                case MessageKind.Vitals when Read(record) == Refusal.None:
                    NoteSent(record.Number, _vitals.Stamp);
                    break;
            }
        }

        return Refusal.None;
    }

    /// <inheritdoc/>
    public void BatchEnd()
    {
        var nowUs = clock.NowUs;
        if (nowUs - PublishEveryUs >= _publishedUs)
        {
            Publish(nowUs, network: nowUs - NetworkEveryUs >= _networkUs);
        }
    }

    /// <summary>Publishes whether or not it is time: what follows may be long in coming. Threading: as <see cref="BatchEnd"/>.</summary>
    public void Publish() => Publish(clock.NowUs, network: true);

    /// <summary>Ends the publications; a batch that ends later is no error, since the sequencer may stop after the dashboard.</summary>
    public void Dispose() => _snapshots.OnCompleted();

    private void Publish(long nowUs, bool network)
    {
        if (network)
        {
            // Before the snapshot is told: whoever hears of that one reads this one.
            Volatile.Write(ref _network, views.Network());
            _networkUs = nowUs;
        }

        var snapshot = views.Snapshot();
        Volatile.Write(ref _publishedUs, nowUs);
        _snapshots.OnNext(snapshot);
    }

    private Refusal Read(in LogRecord record) =>
        _decoder.ReadVitals(record.Payload, TelemetryDecoder.FormatOf(record.Properties), _vitals);

    private void ApplyWave(Topic topic, in LogRecord record)
    {
        if (_waves.Read(record, out var chunk) == Refusal.None)
        {
            Waves.Accept(topic, chunk, record);
            NoteSent(record.Number, chunk.Stamp);
        }
    }

    private void NoteSent(long record, in Stamp stamp)
    {
        if (stamp is { HasSentTime: true, Historical: false })
        {
            Sent.Add(record, stamp.SentTimeUs);
        }
    }
}

using FieldNet.Dashboard.Feed;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>One run through a capture: its own reader, topics, ward and feed, so that nothing of it can reach the live ones.</summary>
/// <remarks>Threading: one thread; <see cref="Feed"/> is read by any.</remarks>
internal sealed class ReelStage : IDisposable
{
    private readonly CaptureReader _reader;
    private readonly WardProcessor _ward;
    private long _positionUs;

    /// <param name="start">Where to begin; null for the capture's beginning.</param>
    /// <param name="pace">Paces the feed's publications: time of the wall, not of the capture.</param>
    public ReelStage(Capture capture, Keyframe? start, ILogClock pace)
    {
        var topics = new TopicTable();
        _reader = capture.Open(topics, from: (start?.Number ?? 0) + 1);
        _ward = new WardProcessor(new NobodyListens());
        if (start is not null)
        {
            _ward.RestoreCheckpoint(start.Ward, topics);
            _positionUs = start.TimeUs;
        }

        Feed = new WardFeed(_ward, pace, _ward.Waves);
    }

    public WardFeed Feed { get; }

    /// <summary>Log time of the record applied last.</summary>
    public long PositionUs => Volatile.Read(ref _positionUs);

    public bool TryRead(out LogRecord record) => _reader.TryRead(out record);

    /// <param name="drawn">Whether its waveform may be seen; one long past need not be kept.</param>
    public void Apply(in LogRecord record, bool drawn)
    {
        _ward.Apply(record);
        if (drawn && record.Lane == LogLane.Waves)
        {
            Feed.Apply(record);
        }

        Volatile.Write(ref _positionUs, record.LogTimeUs);
    }

    public void Dispose()
    {
        Feed.Dispose();
        _reader.Dispose();
    }

    /// <summary>A replay's events are drawn on its timeline by the one who looks ahead, and go nowhere else.</summary>
    private sealed class NobodyListens : IEventSink
    {
        public void Take(WardEvent happened)
        {
        }
    }
}

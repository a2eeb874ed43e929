using FieldNet.Dashboard.Replay;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>Runs ahead through a capture, with a ward of its own, to find what the timeline shows and where a jump can begin.</summary>
/// <remarks>Threading: <see cref="Run"/> on one thread, the rest on any.</remarks>
internal sealed class TimelineScout(Capture capture)
{
    private readonly MarkCollector _marks = new();
    private long _throughUs;
    private volatile bool _complete;

    public Keyframes Keyframes { get; } = new();

    public ReplayTimelineDto Timeline => _marks.Timeline(Volatile.Read(ref _throughUs), _complete);

    /// <summary>Looks through the capture until its end, or until the replay has ended.</summary>
    public void Run(Func<bool> hasEnded)
    {
        var ward = new WardProcessor(_marks);
        using var reader = capture.Open(new TopicTable());
        for (var n = 1; reader.TryRead(out var record); n++)
        {
            ward.Apply(record);
            Keyframes.Offer(record.LogTimeUs, record.Number, ward.SaveCheckpoint);
            Volatile.Write(ref _throughUs, record.LogTimeUs);
            if (n % Reel.BreathEvery == 0)
            {
                Thread.Yield();
                if (hasEnded())
                {
                    return;
                }
            }
        }

        _complete = true;
    }
}

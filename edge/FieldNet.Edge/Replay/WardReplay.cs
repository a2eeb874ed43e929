using FieldNet.Capture.Replay;
using FieldNet.Edge.Agent;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;

namespace FieldNet.Edge.Replay;

/// <summary>Runs a capture through the same processor as the live ward.</summary>
/// <remarks>
/// Where the processor begins (<see cref="WardStart"/>) has nothing to do with the first event that is written: an event rests on all that
/// was before it. Threading: one thread, which waits between records if a pace is asked for.
/// </remarks>
/// <param name="source">Begins where the ward stands.</param>
/// <param name="events">The ward's sink, behind an <see cref="EventWindow"/>.</param>
internal sealed class WardReplay(IReplaySource source, WardProcessor ward, ReplayOptions options, EventFile events, ReplayPace pace)
{
    /// <summary>A pause shorter than this is none: the records of some milliseconds go together.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(2);

    private readonly BedFilter? _bed = options.Bed is { } bed ? new BedFilter(bed) : null;

    public ReplayProgress Progress { get; } = new();

    /// <param name="told">How far it is, 0 to 1, every few thousand records.</param>
    public void Run(Action<double> told, CancellationToken cancellation)
    {
        const int every = 4096;
        for (var n = 1; source.TryRead(out var record); n++)
        {
            if (record.LogTimeUs > options.ToUs)
            {
                EndAt(record.Number);
                break;
            }

            if (n % every == 0)
            {
                told(source.Done);
                events.ReleaseThrough(long.MaxValue);
                cancellation.ThrowIfCancellationRequested();
            }

            if (record.LogTimeUs >= options.FromUs && pace.Before(record.LogTimeUs) is var pause && pause > ShortestPause)
            {
                events.ReleaseThrough(long.MaxValue);
                cancellation.WaitHandle.WaitOne(pause);
                cancellation.ThrowIfCancellationRequested();
            }

            Progress.Count(record.LogTimeUs, source.Holds(record.Kind));
            if (_bed is null || _bed.Takes(record))
            {
                ward.Apply(record);
            }
        }

        told(1);
        events.ReleaseThrough(long.MaxValue);
    }

    /// <summary>What falls due up to the end of the span has no record of its own to wait for.</summary>
    private void EndAt(long number) =>
        ward.Apply(new LogRecord { Number = number, LogTimeUs = options.ToUs, ReceiveTimeUs = options.ToUs, Kind = RecordKind.Tick, Client = "", Topic = Topic.None });
}

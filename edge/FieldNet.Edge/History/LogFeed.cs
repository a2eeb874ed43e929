using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.History;

/// <summary>Follows the committed log into a keeper, from where the keeper is.</summary>
/// <remarks>
/// Threading: a loop of its own, never the sequencer's; a keeper that is slow falls behind, visibly, and the ward does not.
/// Memory: one window of a segment a lane. Loss: none as long as the log has what lies behind the keeper's mark.
/// </remarks>
/// <param name="lanes">Those that the keeper wants: numbers are in the facts, and reading the waveforms for them would be most of the work.</param>
/// <param name="kept">Called with the keeper's mark each time it has moved: the place to advance a <c>LogCursor</c>, which fsyncs.</param>
internal sealed class LogFeed(
    IDisk disk, ICommitMark marks, IRecordKeeper keeper, IReadOnlyList<LogLane> lanes, TimeProvider time, Action<long>? kept = null)
{
    /// <summary>Between two keepings: what is read at a start, or after a keeper was slow, must not fill the memory.</summary>
    private const int MostRecords = 20_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private long _read;

    /// <summary>Number of the last record that was handed over. Any thread.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _read = keeper.Through;
        using var reader = new LogReader(disk, new TopicTable(), keeper.Through + 1, lanes);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            int taken;
            do
            {
                reader.Limit = lanes.Min(marks.CommittedThrough);
                taken = Take(reader);
                await KeepAsync(taken, cancellation).ConfigureAwait(false);
            }
            while (taken == MostRecords);
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    private int Take(LogReader reader)
    {
        var taken = 0;
        for (; taken < MostRecords && reader.TryRead(out var record); taken++)
        {
            keeper.Take(record);
            Volatile.Write(ref _read, record.Number);
        }

        return taken;
    }

    private async ValueTask KeepAsync(int taken, CancellationToken cancellation)
    {
        if (taken == 0)
        {
            return;
        }

        var before = keeper.Through;
        await keeper.KeepAsync(_read, cancellation).ConfigureAwait(false);
        if (keeper.Through > before)
        {
            kept?.Invoke(keeper.Through);
        }
    }
}

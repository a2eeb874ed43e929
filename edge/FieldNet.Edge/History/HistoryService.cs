using FieldNet.Capture.Disk;
using FieldNet.Dashboard.Health;
using FieldNet.History.Events;
using FieldNet.History.Trends;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace FieldNet.Edge.History;

/// <summary>Keeps the history of a data folder while the agent runs.</summary>
/// <remarks>
/// Threading: a loop of its own. Errors: none reaches the agent, whose ward matters more than its history: a file that can't be used is
/// said at <c>/healthz</c>, and nothing is kept until the next start. What is not kept yet is in the log.
/// </remarks>
internal sealed class HistoryService(string data, IDisk log, ICommitMark marks, TrendRetention retention, TimeProvider time) : BackgroundService, IHealthSource
{
    private static readonly TimeSpan EventsEvery = TimeSpan.FromSeconds(1);

    private readonly string _path = Path.Combine(data, HistoryFile.Name);
    private OpenHistory? _open;
    private string? _fault;

    /// <summary>The place to advance the log's cursor of this reader: everything up to there is durable here.</summary>
    public Action<long>? Kept { get; init; }

    /// <summary>Null before the file is open, and when it can't be used.</summary>
    public OpenHistory? Open => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public string Name => "history";

    /// <inheritdoc/>
    public IReadOnlyList<string> Reasons => (Volatile.Read(ref _fault) ?? Open?.Keeper.Fault) is { } fault
        ? [$"The history can't be written to {_path}: {fault} What it lacks is in the log."]
        : [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the agent.
        await Task.Yield();
        try
        {
            using var keeper = new TrendKeeper(_path, retention, time);
            using var events = new EventStore(_path);
            var feed = new LogFeed(log, marks, keeper, [LogLane.Facts], time, Kept);
            Volatile.Write(ref _open, new OpenHistory(keeper, new TrendReader(keeper, retention), events, feed));
            using var metrics = new HistoryMetrics(Open!);
            try
            {
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                Task[] loops = [feed.RunAsync(ending.Token), FollowEventsAsync(events, ending.Token)];
                await Task.WhenAny(loops).ConfigureAwait(false);
                await ending.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(loops).ConfigureAwait(false);
            }
            finally
            {
                Volatile.Write(ref _open, null);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The agent stops.
        }
        catch (Exception fault) when (fault is SqliteException or InvalidDataException or IOException or Capture.CaptureException)
        {
            Volatile.Write(ref _fault, fault.Message);
            await Console.Error.WriteLineAsync($"fieldnet: the history is not kept any more: {fault.Message}").ConfigureAwait(false);
        }
    }

    private async Task FollowEventsAsync(EventStore events, CancellationToken stopping)
    {
        var tail = new EventTail(Path.Combine(data, "events.jsonl"), events);
        using var timer = new PeriodicTimer(EventsEvery, time);
        do
        {
            try
            {
                tail.Follow();
            }
            catch (SqliteException fault) when (HistoryFault.Passes(fault))
            {
                // The lines stay in their file; the keeper says what is wrong.
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }
}

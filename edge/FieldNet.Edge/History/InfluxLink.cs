using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using FieldNet.Capture;
using FieldNet.Dashboard.Health;
using FieldNet.History.LineProtocol;
using Microsoft.Extensions.Hosting;

namespace FieldNet.Edge.History;

/// <summary>Sends the history to a time-series server while the agent runs.</summary>
/// <remarks>
/// Threading: a loop of its own. Errors: none reaches the agent, whose ward matters more than a copy of its history; what ails it is said
/// at <c>/healthz</c> and, when it changes, on standard error. Loss: none, the log has what the server lacks.
/// </remarks>
internal sealed class InfluxLink : BackgroundService, IHealthSource
{
    /// <summary>Of the log's cursor, which keeps for us what is not on the server yet.</summary>
    public const string CursorName = "influx";

    private const string Folder = "influx";

    /// <summary>A server is away for a moment now and then.</summary>
    private const long WorthSayingUs = 60_000_000;

    /// <summary>Of refusals: a wrong type would be refused every second.</summary>
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMinutes(10);

    /// <summary>A log or a ledger that can't be read: somebody may see to it meanwhile.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(30);

    private readonly InfluxLinkOptions _options;
    private readonly string _data;
    private readonly ICommittedLog _log;
    private readonly TimeProvider _time;
    private readonly Action<long> _kept;
    private readonly Meter _meter = new("FieldNet.History");
    private long _saidRejected;
    private long _saidRejectedAt;
    private SinkStatus _status = new(SinkState.Starting, 0, 0, 0, 0, 0, null);
    private LineSink? _sink;
    private string? _fault;

    /// <param name="kept">Told up to which record the server has everything for good.</param>
    public InfluxLink(InfluxLinkOptions options, string data, ICommittedLog log, TimeProvider time, Action<long> kept)
    {
        (_options, _data, _log, _time, _kept) = (options, data, log, time, kept);
        _meter.CreateObservableCounter("fieldnet.history.influx.points", () => Status.Points, "{point}", "Points that the server stored, repetitions included");
        _meter.CreateObservableCounter("fieldnet.history.influx.rejected", () => Status.Rejected, "{point}", "Points that the server refused for good");
        _meter.CreateObservableGauge("fieldnet.history.influx.lag", () => Status.LagUs / 1e6, "s", "Age of the newest record on the server");
        _meter.CreateObservableGauge("fieldnet.history.influx.backlog", () => Status.Backlog, "{record}", "Records that live data have overtaken");
        _meter.CreateObservableGauge("fieldnet.history.influx.connected", () => Status.State is SinkState.Live or SinkState.CatchingUp ? 1 : 0, "{connection}", "1 while the server takes what we send");
    }

    public SinkStatus Status => Volatile.Read(ref _sink)?.Status ?? Volatile.Read(ref _status);

    /// <inheritdoc/>
    public string Name => "influx";

    /// <inheritdoc/>
    public IReadOnlyList<string> Reasons => (Volatile.Read(ref _fault), Status) switch
    {
        ({ } fault, _) => [fault],
        (_, { State: SinkState.Refused } status) => [Sentence(status)],
        (_, { State: SinkState.Waiting, LagUs: > WorthSayingUs } status) => [Sentence(status)],
        _ => [],
    };

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the agent.
        await Task.Yield();
        var options = new LineSinkOptions
        {
            Ledger = Path.Combine(_data, Folder, "sent.json"),
            Events = Path.Combine(_data, "events.jsonl"),
            Waves = _options.Waves,
            BacklogPointsPerSecond = _options.BacklogPointsPerSecond,
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendAsync(options, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The agent stops.
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException or CaptureException)
            {
                await SayAsync($"Nothing is sent to {_options.Target}: {fault.Message}").ConfigureAwait(false);
                await Task.Delay(AgainAfter, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SendAsync(LineSinkOptions options, CancellationToken stopping)
    {
        using var client = new LineClient(_options.Target, _options.Token);
        // Jitter: many agents that lost one server must not come back in step. Nothing that is recorded depends on it.
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        using var sink = new LineSink(options, client, _log, _time, random.NextDouble, Changed);
        Volatile.Write(ref _sink, sink);
        Volatile.Write(ref _fault, null);
        try
        {
            await sink.RunAsync(stopping).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _status, Status);
            Volatile.Write(ref _sink, null);
        }
    }

    private async Task SayAsync(string fault)
    {
        if (Interlocked.Exchange(ref _fault, fault) != fault)
        {
            await Console.Error.WriteLineAsync($"fieldnet: {fault}").ConfigureAwait(false);
        }
    }

    private void Changed(SinkStatus status)
    {
        _kept(status.KeepFrom - 1);
        var said = Volatile.Read(ref _status).State;
        Volatile.Write(ref _status, status);
        if (said != status.State && (status.State is SinkState.Waiting or SinkState.Refused || said is SinkState.Waiting or SinkState.Refused))
        {
            Console.Error.WriteLine($"fieldnet: {Sentence(status)}");
        }

        if (status.Rejected > _saidRejected && (_saidRejected == 0 || _time.GetElapsedTime(_saidRejectedAt) > RepeatAfter))
        {
            (_saidRejected, _saidRejectedAt) = (status.Rejected, _time.GetTimestamp());
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fieldnet: The history server {_options.Target} has refused {status.Rejected} points for good, the last because of: {status.Reason}"));
        }
    }

    private string Sentence(SinkStatus status) => status.State switch
    {
        SinkState.Waiting or SinkState.Refused => string.Create(
            CultureInfo.InvariantCulture, $"The history server {_options.Target} takes nothing ({status.Reason}): it is {status.LagUs / 1_000_000} s behind. The log keeps what it lacks."),
        _ => string.Create(CultureInfo.InvariantCulture, $"The history server {_options.Target} takes data; {status.Backlog} records are still to come."),
    };
}

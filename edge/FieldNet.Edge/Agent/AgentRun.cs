using FieldNet.Dashboard.Stream;
using FieldNet.Edge.Reports;
using FieldNet.Edge.Verbs;
using FieldNet.Telemetry;

namespace FieldNet.Edge.Agent;

/// <summary>One run of the agent as <c>serve</c> and <c>demo</c> do it: ready line, wait, stop, report.</summary>
internal sealed class AgentRun : IAsyncDisposable
{
    private readonly AgentOptions _options;
    private readonly TimeProvider _time;
    private readonly RunClock _clock;
    private (double CpuCoreShare, int LiveBeds, double RssMb) _atEnd;

    private AgentRun(AgentHost host, AgentOptions options, TimeProvider time) =>
        (Host, _options, _time, _clock) = (host, options, time, new RunClock(time));

    public AgentHost Host { get; }

    public long AcknowledgementsSent => Host.AcknowledgementsSent;

    /// <summary>Starts the agent and says so in one line.</summary>
    public static async Task<AgentRun> StartAsync(AgentOptions options, TimeProvider time, CancellationToken stopping)
    {
        var run = new AgentRun(await AgentHost.StartAsync(options, time, stopping).ConfigureAwait(false), options, time);
        try
        {
            run._clock.Ready();
            var output = options.ReadyOnStandardError ? Console.Error : Console.Out;
            await output.WriteLineAsync(run.Host.ReadyLine.AsMemory(), stopping).ConfigureAwait(false);
            await output.FlushAsync(stopping).ConfigureAwait(false);
            if (run.Host.Fingerprint is { } fingerprint && options.TlsFiles is null)
            {
                await Console.Error.WriteLineAsync($"fieldnet: MQTT over TLS shows the agent's own certificate, SHA-256 {fingerprint}".AsMemory(), stopping).ConfigureAwait(false);
            }

            return run;
        }
        catch (Exception failed)
        {
            await run.DisposeAsync().ConfigureAwait(false);
            if (failed is IOException)
            {
                throw new EnvironmentFaultException($"the ready line can't be written: {failed.Message}.", failed);
            }

            throw;
        }
    }

    /// <summary>Returns when the time is up or the user stops it; throws what ended the sequencer, if that ends first.</summary>
    public async Task UntilAsync(TimeSpan? duration, CancellationToken stopping)
    {
        var timeout = Task.Delay(duration ?? Timeout.InfiniteTimeSpan, _time, stopping);
        var ended = await Task.WhenAny(timeout, Host.Ended).ConfigureAwait(false);
        if (ended == Host.Ended)
        {
            await Host.Ended.ConfigureAwait(false);
        }
    }

    /// <summary>Notes for the report how the run stands, before anything is stopped.</summary>
    public void NoteEnd() => _atEnd = (_clock.CpuCoreShare(), Host.Beds.LiveNow, Environment.WorkingSet / 1e6);

    public Task StopAsync() => Host.StopAsync();

    public AgentReport Report(long acknowledged, long? acknowledgedLost) => new()
    {
        BedsLive = Host.Beds.EverLive,
        BedsLiveAtEnd = _atEnd.LiveBeds,
        Messages = Host.Ward.State.Messages,
        Samples = Host.Ward.State.Samples,
        Acknowledged = acknowledged,
        AcknowledgedLost = acknowledgedLost,
        Refused = Refused(),
        Events = new Dictionary<string, long>(Host.Events.ByKind),
        EventsSha256 = Host.Events.Sha256,
        PublishToStreamMs = Latency(Host.Stream.Latency),
        FirstLiveBedS = Host.Beds.FirstLive is { } first ? Math.Round(_clock.SinceStartS(first), 2) : null,
        CpuCoreShare = Math.Round(_atEnd.CpuCoreShare, 4),
        RssMb = Math.Round(_atEnd.RssMb, 1),
        Data = Path.GetFullPath(_options.Data),
    };

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private SortedDictionary<string, long> Refused()
    {
        var refused = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var reason in Enum.GetValues<Refusal>())
        {
            var count = Host.Refusals[reason] + Host.Ward.State.RefusedNumbers[(int)reason];
            if (count > 0)
            {
                refused.Add(reason.Name(), count);
            }
        }

        return refused;
    }

    private static Milliseconds Latency(StreamLatency latency) => latency.Count == 0
        ? new Milliseconds(null, null, null)
        : new Milliseconds(Math.Round(latency.PercentileMs(0.5), 2), Math.Round(latency.PercentileMs(0.99), 2), Math.Round(latency.MaxMs, 2));
}

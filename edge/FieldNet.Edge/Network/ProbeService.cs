using System.Net;
using System.Net.Sockets;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Verbs;
using FieldNet.Slice.Stamp;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Network;

/// <summary>The site's probes, each second a record, and its reflector, as long as the agent runs.</summary>
/// <remarks>
/// A host without an address, or without a way to it, is tried again every five seconds; meanwhile its probe has no records. Loss: a second's report
/// for which there is no room, since the processor stands still.
/// </remarks>
internal sealed class ProbeService : IAsyncDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    private readonly AgentRecords _records;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly StampReflector? _reflector;
    private readonly Task _running;

    /// <exception cref="EnvironmentFaultException">The reflector's port can't be had.</exception>
    public ProbeService(IReadOnlyList<ProbeOptions> probes, ReflectorOptions? reflector, AgentRecords records, TimeProvider time)
    {
        (_records, _time) = (records, time);
        try
        {
            _reflector = reflector is null ? null : new StampReflector(reflector.Listen, reflector.Key, reflector.IsStateless, time);
        }
        catch (SocketException refused)
        {
            throw new EnvironmentFaultException($"the reflector can't listen on {reflector!.Listen}: {refused.Message}. Choose another with network.reflector.listen.", refused);
        }

        _running = Task.WhenAll(probes.Select(probe => Task.Run(() => KeepAsync(probe))));
    }

    /// <summary>Where the reflector listens; null without one.</summary>
    public IPEndPoint? Reflector => _reflector?.LocalEndPoint;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _reflector?.Dispose();
        _stopping.Dispose();
    }

    private async Task KeepAsync(ProbeOptions probe)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var addresses = await Dns.GetHostAddressesAsync(probe.Host, _stopping.Token).ConfigureAwait(false);
                await Sender(probe, addresses[0]).RunAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                await WaitAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private StampSender Sender(ProbeOptions probe, IPAddress address)
    {
        var options = new StampSenderOptions
        {
            Name = probe.Name,
            Target = probe.Target,
            Reflector = new IPEndPoint(address, probe.Port),
            Every = probe.Every,
            Dscp = probe.Dscp,
            Key = probe.Key,
            WaitsForLast = false,
        };
        return new StampSender(options, _time, (report, _) => Record(report));
    }

    private void Record(ProbeReport report)
    {
        // The first seconds judge no packet yet, and may have measured none: nothing is said then.
        if (report.Sent > 0 || report.RttMedianMs is not null)
        {
            _records.TryPost(RecordKind.Probe, report.ToJson());
        }
    }

    private async Task WaitAsync()
    {
        try
        {
            await Task.Delay(TryAgainAfter, _time, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The agent stops.
        }
    }
}

using System.Net;
using FieldNet.Edge.AlarmPath;
using FieldNet.Edge.ExternalBroker;
using FieldNet.Edge.Health;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Views;

namespace FieldNet.Edge.Agent;

/// <summary>What the agent watches of itself: its health, and whether an alarm gets through.</summary>
/// <remarks>Lifetime: <see cref="Start"/> once the endpoint listens, <see cref="StopAsync"/> before it stops.</remarks>
internal sealed class SelfWatch : IAsyncDisposable
{
    private readonly IIngress _ingress;
    private readonly TimeProvider _time;
    private readonly QueueWait _queue = new();
    private readonly AlarmPathWards _wards;
    private readonly AlarmPathScreens _screens;
    private HealthWatch? _health;
    private AlarmPathWatchdog? _alarmPath;

    public SelfWatch(IWardViews ward, IIngress ingress, TimeProvider time)
    {
        (_ingress, _time) = (ingress, time);
        Records = new AgentRecords(ingress);
        _wards = new AlarmPathWards(ward, ingress.Clock);
        _screens = new AlarmPathScreens(Records, ingress.Clock);
    }

    /// <summary>For whoever has facts of the agent's own.</summary>
    public AgentRecords Records { get; }

    public IAlarmPathWitness Witness => _screens;

    /// <summary>What must see each record.</summary>
    public IReadOnlyList<IRecordView> Views => [_queue, _wards];

    /// <param name="mqtt">Of our own endpoint; not used with another's broker.</param>
    public void Start(AgentOptions options, Uri mqtt, EpollTransport? sockets, MqttMetrics? metrics)
    {
        _health = new HealthWatch(options.Health, _queue, Records, sockets, metrics, _time);
        if (options.AlarmPath is not { } path || (options.Broker is { } broker && !TopicFilters.Cover(broker.Topics, "fieldnet/v1/site/ward/_watchdog/alarm")))
        {
            return;
        }

        _alarmPath = new AlarmPathWatchdog(path, path.Via ?? Server(options, mqtt), Client(options, path), _wards, _screens, Records, _ingress.Clock, _time);
        _alarmPath.Start();
    }

    public async Task StopAsync()
    {
        if (_alarmPath is { } path)
        {
            await path.StopAsync().ConfigureAwait(false);
        }

        if (_health is { } health)
        {
            await health.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Records.Dispose();
    }

    private static MqttServerAddress Server(AgentOptions options, Uri mqtt)
    {
        var isAny = IPAddress.TryParse(mqtt.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        var own = isAny ? new UriBuilder(mqtt) { Host = "127.0.0.1" }.Uri : mqtt;
        return options.Broker?.Server ?? (MqttServerAddress.TryParse(own, out var server) ? server : throw new ArgumentException($"{own} is no MQTT address.", nameof(mqtt)));
    }

    private static MqttClientOptions Client(AgentOptions options, AlarmPathOptions path) => new()
    {
        ClientId = options.Broker is { } broker ? $"{broker.ClientId}-watchdog" : "fieldnet-watchdog",
        UserName = options.Broker?.UserName,
        Password = options.Broker?.Password ?? default,
        Tls = options.Broker?.Tls,
        ConnectTimeout = path.Patience,
    };
}

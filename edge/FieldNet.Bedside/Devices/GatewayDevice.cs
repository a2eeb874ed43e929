using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Network;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;
using State = FieldNet.Telemetry.Wire.DeviceStatus.Types.State;

namespace FieldNet.Bedside.Devices;

/// <summary>One simulated 5G gateway: reports its radio and whom it serves each second, over the path that it gives to its bed.</summary>
/// <remarks>Threading: the scheduler's thread; <see cref="Acknowledge"/> comes on the connection's thread.</remarks>
internal sealed class GatewayDevice : ISimulatedDevice
{
    private const long EveryUs = 1_000_000;

    private readonly BedSetup _setup;
    private readonly SiteLayout _layout;
    private readonly GatewayPlace _gateway;
    private readonly RadioSignal _signal;
    private readonly FaultyLink _link;
    private readonly BedConnection _connection;
    private readonly WireMessages _messages;
    private readonly MessageStream _status, _report;
    private readonly string _serial;
    private int _greeted;

    public GatewayDevice(BedSetup setup, SiteLayout layout, GatewayPlace gateway, long firstStepUs)
    {
        (_setup, _layout, _gateway, _messages) = (setup, layout, gateway, new(setup.Clock.Epoch));
        _signal = new RadioSignal(setup.Path, setup.Random);
        _serial = "SIM-" + gateway.Place.InWard;
        NextStepUs = firstStepUs;
        _link = new(setup, gateway.Place);
        string topic = "fieldnet/v1/" + gateway.Subject;
        var offline = WireMessages.Status(_serial, State.Offline, []);
        offline.Stamp = _messages.Stamp(setup.Clock.UtcUs(0));
        _connection = new(
            gateway.Place.InWard.Replace('/', '-'), (topic + "/status", offline.ToByteArray()), setup.Connector, Acknowledge,
            setup.Traffic, setup.Notices, setup.Random, setup.Time);
        _status = new MessageStream(0, topic + "/status", 1, retain: true, _connection);
        _report = new MessageStream(1, topic + "/link", 1, retain: false, _connection);
        Streams = [_status, _report];
    }

    public long NextStepUs { get; private set; }

    public IReadOnlyList<MessageStream> Streams { get; }

    public bool IsIdle => _link.IsIdle;

    public IEnumerable<Task> Run(CancellationToken cancellationToken) => [_connection.RunAsync(cancellationToken)];

    public void Pump(long nowUs)
    {
        _link.Pump(nowUs);
        if (_link.IsCut)
        {
            _connection.Block();
        }
        else
        {
            _connection.Unblock();
        }
        if (_connection.Open is not null && _greeted != _connection.Times && Report(State.Online, nowUs))
        {
            _greeted = _connection.Times;
        }
    }

    public void Step(long nowUs)
    {
        // A report says what is now: those that a stall of the machine swallowed are not made up for.
        NextStepUs = nowUs - NextStepUs < EveryUs ? NextStepUs + EveryUs : nowUs + EveryUs;
        var (rsrp, sinr) = _signal.At(nowUs);
        var report = GatewayReport.Of(_layout, _gateway, _link.Effect, rsrp, sinr, _setup.Path?.OneWayMs(nowUs) ?? 0.5);
        report.Stamp = _messages.Stamp(_setup.Clock.UtcUs(nowUs));
        _link.Send(_report, report, report.Stamp, nowUs, keep: false);
    }

    public void TakeLeave(long nowUs) => Report(State.Offline, nowUs);

    public Task StopAsync(CancellationToken cancellationToken) => _connection.StopAsync(cancellationToken);

    private bool Report(State state, long nowUs)
    {
        var status = WireMessages.Status(_serial, state, []);
        status.Model = "Simulated gateway";
        status.Stamp = _messages.Stamp(_setup.Clock.UtcUs(nowUs));
        return _link.Send(_status, status, status.Stamp, nowUs, keep: false);
    }

    private void Acknowledge(ulong packed, bool success)
    {
        var token = AckToken.Unpack(packed);
        if (!success)
        {
            _setup.Traffic.CountRefused();
            return;
        }
        _setup.Traffic.CountAcknowledged(token.LatencyUs(_setup.Clock.ElapsedUs));
        var acknowledged = Streams[token.Stream].Acknowledged;
        lock (acknowledged)
        {
            acknowledged.Add(token.Seq);
        }
    }
}

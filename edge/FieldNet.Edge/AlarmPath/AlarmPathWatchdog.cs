using FieldNet.Edge.Agent;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.AlarmPath;

/// <summary>Every minute sends each ward a TEST alarm over a connection of its own, as a bedside would: what becomes of it the ward's rule follows.</summary>
/// <remarks>
/// Each round is a whole bedside's way: connect, publish at QoS 1, acknowledgement, good-bye. That it is about to be sent is a record before it,
/// so that one which never arrives is missed. Lifetime: <see cref="Start"/> once the endpoint listens, <see cref="StopAsync"/> before it stops.
/// </remarks>
/// <param name="server">Our own endpoint, or the broker that we listen to.</param>
/// <param name="client">How to connect there.</param>
internal sealed class AlarmPathWatchdog(
    AlarmPathOptions options, MqttServerAddress server, MqttClientOptions client, AlarmPathWards wards, AlarmPathScreens screens, AgentRecords records, ILogClock clock,
    TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private MqttProtocolVersion _version = client.ProtocolVersion;
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(options.Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                if (wards.All is { Count: > 0 } all)
                {
                    await RoundAsync(all).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The agent stops.
        }
    }

    private async Task RoundAsync(IReadOnlyList<WardOfBeds> all)
    {
        using var patience = new CancellationTokenSource(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
        var sequence = clock.NowUs;
        try
        {
            foreach (var ward in all)
            {
                await AnnounceAsync(ward, sequence, either.Token).ConfigureAwait(false);
            }

            await using var connection = await MqttClient.ConnectAsync(server, client with { ProtocolVersion = _version }, time, either.Token).ConfigureAwait(false);
            await Task.WhenAll(all.Select(ward => SendAsync(connection, ward, sequence, either.Token))).ConfigureAwait(false);
            await connection.DisconnectAsync(cancellationToken: either.Token).ConfigureAwait(false);
        }
        catch (MqttClientException why)
        {
            // An old broker's word; else: no way there, or it broke: the alarms that were announced are missed, and that is said.
            _version = why is { IsRemote: true, Reason: MqttReasonCode.UnsupportedProtocolVersion } ? MqttProtocolVersion.V311 : _version;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !_stopping.IsCancellationRequested)
        {
            // The same: it took too long.
        }
    }

    private Task AnnounceAsync(WardOfBeds ward, long sequence, CancellationToken cancellation)
    {
        var report = new SeenReport
        {
            Ward = ward.Name,
            Site = ward.Site,
            Sequence = sequence,
            Hop = SeenReport.Sent,
            SeenUs = clock.NowUs,
            Screens = screens.Expect(ward.Name, sequence),
            PatienceUs = (long)options.Patience.TotalMicroseconds,
            EveryUs = (long)options.Every.TotalMicroseconds,
        };
        return records.PostAsync(RecordKind.Seen, report.ToJson(), cancellation);
    }

    private async Task SendAsync(MqttClient connection, WardOfBeds ward, long sequence, CancellationToken cancellation)
    {
        var reason = await connection.PublishAsync(ward.Topic, TestAlarm.Payload(sequence, clock.NowUs), qos: 1, cancellationToken: cancellation).ConfigureAwait(false);
        if (reason < MqttReasonCode.UnspecifiedError)
        {
            records.TryPost(RecordKind.Seen, new SeenReport { Ward = ward.Name, Sequence = sequence, Hop = SeenReport.Committed, SeenUs = clock.NowUs }.ToJson());
        }
    }
}

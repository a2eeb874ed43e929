using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>A connection to an MQTT server that comes back for ever.</summary>
/// <remarks>
/// Retry: full jitter, bounded; never gives up. A server that knows no MQTT 5 is spoken to in 3.1.1 from then on.
/// Loss: none at QoS 1 and 2 while the server keeps the session: it sends again what was not acknowledged. What it sends again at
/// QoS 1 may be a second copy of what was handled already; see <see cref="PublishPacket.Duplicate"/>.
/// Threading: <see cref="RunAsync"/> is one loop.
/// </remarks>
/// <param name="time">Of waits and timeouts.</param>
/// <param name="random01">Of the jitter, in [0, 1).</param>
public sealed class MqttLink(MqttLinkOptions options, IMqttLinkUser user, TimeProvider time, Func<double> random01)
{
    private readonly BackoffSchedule _backoff = new(options.FirstWait, options.LongestWait, random01);
    private MqttProtocolVersion _version = options.Client.ProtocolVersion;
    private bool _hasSubscribed;

    /// <summary>Runs until it is told to stop, and then takes leave of the server (the session stays).</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        for (var attempt = 0; !stopping.IsCancellationRequested; attempt++)
        {
            var started = time.GetTimestamp();
            try
            {
                await ConnectOnceAsync(stopping).ConfigureAwait(false);
                attempt = time.GetElapsedTime(started) >= options.SettledAfter ? 0 : attempt;
                await Task.Delay(_backoff.Next(attempt), time, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ConnectOnceAsync(CancellationToken stopping)
    {
        var receiver = user.Receiver();
        MqttClient client;
        try
        {
            client = await MqttClient.ConnectAsync(
                options.Server, options.Client with { ProtocolVersion = _version, Receiver = receiver }, time, stopping).ConfigureAwait(false);
        }
        catch (MqttClientException why)
        {
            if (why is { IsRemote: true, Reason: MqttReasonCode.UnsupportedProtocolVersion })
            {
                _version = MqttProtocolVersion.V311;
            }

            await user.FailedAsync(receiver, why).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException)
        {
            await user.EndedAsync(receiver, new MqttClientClosed(MqttReasonCode.Success, IsRemote: false, "told to stop")).ConfigureAwait(false);
            throw;
        }

        // Its loops have ended when it is disposed: the receiver is called no more.
        await using (client.ConfigureAwait(false))
        {
            await LastAsync(client, stopping).ConfigureAwait(false);
        }

        await user.EndedAsync(receiver, await client.Closed.ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>From the CONNACK to the end, whoever brings it about.</summary>
    private async Task LastAsync(MqttClient client, CancellationToken stopping)
    {
        user.Connected();
        try
        {
            // The filters may be others than those of the process that made the session.
            if (options.Subscriptions.Count > 0 && !(client.SessionPresent && _hasSubscribed))
            {
                var reasons = await client.SubscribeAsync(options.Subscriptions, cancellationToken: stopping).ConfigureAwait(false);
                _hasSubscribed = true;
                for (var i = 0; i < reasons.Length; i++)
                {
                    user.Subscribed(options.Subscriptions[i].Filter, reasons[i]);
                }
            }

            await client.Closed.WaitAsync(stopping).ConfigureAwait(false);
        }
        catch (MqttClientException)
        {
            // It ended before the SUBACK: Closed says why.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await client.DisconnectAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false);
        }
    }
}

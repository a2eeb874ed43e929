using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The client's side of a session that outlives its connections: messages without their last answer, and QoS 2 identifiers received.</summary>
/// <remarks>
/// Lifetime: given in <see cref="MqttClientOptions.Session"/> to one client after another, all of one client identifier and protocol
/// version. It lives in memory: a restarted process begins a new one.
/// Loss: none over a broken connection. What is unanswered is sent again on the next one: with DUP and the same identifiers if the
/// server has kept its side, otherwise as new messages. A <see cref="MqttClient.PublishAsync(MqttPublication, CancellationToken)"/>
/// goes on waiting meanwhile; <see cref="Dispose"/> ends that.
/// </remarks>
/// <param name="maxInFlight">QoS 1 and 2 messages without their last answer, at most; the server's Receive Maximum lowers it.</param>
public sealed class MqttClientSession(int maxInFlight = 64) : IDisposable
{
    private object? _user;

    /// <summary>Messages whose last answer has not come.</summary>
    public int InFlight
    {
        get
        {
            lock (Gate)
            {
                return Outgoing.Count;
            }
        }
    }

    internal Lock Gate { get; } = new();

    internal OutgoingMessages Outgoing { get; } = new(maxInFlight);

    /// <summary>Identifiers of QoS 2 messages that were answered with PUBREC and not released yet.</summary>
    internal HashSet<ushort> Incoming { get; } = [];

    /// <summary>Fails everyone who still waits for an answer.</summary>
    public void Dispose()
    {
        List<TaskCompletionSource<MqttReasonCode>> waiters;
        lock (Gate)
        {
            waiters = [.. Outgoing.Waiters()];
        }

        waiters.ForEach(waiter => waiter.TrySetException(
            new MqttClientException(MqttReasonCode.UnspecifiedError, isRemote: false, "The MQTT session was given up before the server answered.")));
    }

    /// <exception cref="InvalidOperationException">Another client has it.</exception>
    internal void Attach(object client)
    {
        if (Interlocked.CompareExchange(ref _user, client, null) is not null)
        {
            throw new InvalidOperationException("A session serves one client at a time: wait until the last one has closed.");
        }
    }

    internal void Detach(object client) => Interlocked.CompareExchange(ref _user, null, client);
}

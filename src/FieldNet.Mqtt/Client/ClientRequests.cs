using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The SUBSCRIBE and UNSUBSCRIBE packets of one connection, and who awaits their answers.</summary>
/// <remarks>Threading: any thread asks, the read loop answers; under the session's lock.</remarks>
/// <param name="options">Of the client.</param>
/// <param name="session">Whose lock it is.</param>
/// <param name="sender">Takes the packets.</param>
/// <param name="throwIfOver">Throws once no answer can come any more.</param>
internal sealed class ClientRequests(MqttClientOptions options, MqttClientSession session, ClientSender sender, Action throwIfOver)
{
    /// <summary>Above the identifiers of messages, so that the two never meet.</summary>
    private const ushort First = 0x8000;

    private readonly Dictionary<ushort, TaskCompletionSource<MqttReasonCode[]>> _waiters = [];
    private ushort _last = ushort.MaxValue;

    public Task<MqttReasonCode[]> SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, int subscriptionId, CancellationToken cancellationToken)
    {
        var version = options.ProtocolVersion;
        (ReadOnlyMemory<byte>, SubscriptionOptions)[] filters = [.. subscriptions.Select(each => ((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(each.Filter), each.Options(version)))];
        var properties = subscriptionId == 0 ? new PropertyBlock() : new PropertyBlock().Varint(MqttPropertyId.SubscriptionIdentifier, subscriptionId);
        return RequestAsync((id, output) => SubscribePacket.Write(output, version, id, filters, properties.Bytes), filters.Length, cancellationToken);
    }

    public async Task<MqttReasonCode> UnsubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        var utf8 = Encoding.UTF8.GetBytes(filter);
        var reasons = await RequestAsync(
            (id, output) => UnsubscribePacket.Write(output, options.ProtocolVersion, id, utf8), answers: 1, cancellationToken).ConfigureAwait(false);
        return reasons[0];
    }

    /// <summary>A SUBACK or UNSUBACK came.</summary>
    public void Answered(ushort packetId, ReadOnlySpan<byte> codes)
    {
        TaskCompletionSource<MqttReasonCode[]>? waiter;
        lock (session.Gate)
        {
            _waiters.Remove(packetId, out waiter);
        }

        if (waiter is null)
        {
            return;
        }

        var reasons = new MqttReasonCode[codes.Length];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = (MqttReasonCode)codes[i];
        }

        waiter.TrySetResult(reasons);
    }

    /// <summary>The connection is over. Called under the session's lock.</summary>
    /// <returns>Who waits for an answer that will not come.</returns>
    public IReadOnlyList<TaskCompletionSource<MqttReasonCode[]>> End()
    {
        TaskCompletionSource<MqttReasonCode[]>[] all = [.. _waiters.Values];
        _waiters.Clear();
        return all;
    }

    private async Task<MqttReasonCode[]> RequestAsync(Action<ushort, IBufferWriter<byte>> write, int answers, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<MqttReasonCode[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var packet = new ArrayBufferWriter<byte>();
        lock (session.Gate)
        {
            throwIfOver();
            write(Add(waiter), packet);
            sender.Write(packet.WrittenSpan);
        }

        var reasons = await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        // Before MQTT 5 an UNSUBACK names no reasons: it has worked.
        return reasons.Length == answers ? reasons : new MqttReasonCode[answers];
    }

    private ushort Add(TaskCompletionSource<MqttReasonCode[]> waiter)
    {
        do
        {
            _last = _last == ushort.MaxValue ? First : (ushort)(_last + 1);
        }
        while (!_waiters.TryAdd(_last, waiter));

        return _last;
    }
}

namespace FieldNet.Bedside.Devices;

/// <summary>What a bedside needs of one open MQTT connection; faked in tests.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Completes when the connection has ended, with one sentence about why.</summary>
    Task<string> Closed { get; }

    /// <returns>False when there is no room or no connection: nothing was queued.</returns>
    bool TryPublish(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain, ulong token);

    /// <summary>Resets the socket, without leave.</summary>
    void Abort();

    /// <summary>Takes leave: no Will is published.</summary>
    Task DisconnectAsync(CancellationToken cancellationToken);
}

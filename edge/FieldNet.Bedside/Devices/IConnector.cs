namespace FieldNet.Bedside.Devices;

/// <summary>Opens connections to the server under test; faked in tests.</summary>
internal interface IConnector
{
    /// <param name="clientId">MQTT client identifier.</param>
    /// <param name="will">Retained Will; null if none.</param>
    /// <param name="acknowledged">Told of each PUBACK: the token, and whether it was a success. Must not block.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">No connection now.</exception>
    Task<ITransport> ConnectAsync(
        string clientId, (string Topic, byte[] Payload)? will, Action<ulong, bool> acknowledged, CancellationToken cancellationToken);
}

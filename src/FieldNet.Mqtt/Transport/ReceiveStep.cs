namespace FieldNet.Mqtt.Transport;

/// <summary>How a transport goes on behind <see cref="IProtocol.Receive"/>.</summary>
internal enum ReceiveStep : byte
{
    /// <summary>What is left is no whole packet: read more and hand over both.</summary>
    ReadMore,

    /// <summary>No room: keep what is left, read no more (TCP pushes back), and call again behind <see cref="ITransport.WakeReader"/>.</summary>
    Pause,

    /// <summary>The connection is over: drop what is left and read no more.</summary>
    Ended,
}

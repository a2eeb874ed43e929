using System.Buffers;

namespace FieldNet.Mqtt.Transport;

/// <summary>What a transport drives: one client's connection, which knows packets but no sockets.</summary>
/// <remarks>
/// Threading: the read side (<see cref="Receive"/>, <see cref="PeerClosed"/>) is called by one thread at a time, so is the write side
/// (<see cref="Write"/>, <see cref="WriteFarewell"/>); the two may be different threads or the same. None of them blocks.
/// Order: Receive and Write until <see cref="IsEnded"/>, then <see cref="CompleteAsync"/> at once, and beside it WriteFarewell and the close of the socket.
/// </remarks>
internal interface IProtocol
{
    /// <summary>The connection is over, whoever ended it: what is written is flushed, then the farewell, then the socket is closed.</summary>
    bool IsEnded { get; }

    /// <summary>How long the farewell may take; then the socket is reset.</summary>
    TimeSpan FarewellTimeout { get; }

    /// <summary>Takes every whole packet; the buffer is advanced past those taken.</summary>
    ReceiveStep Receive(ref ReadOnlySequence<byte> buffer);

    /// <summary>The peer has sent its last byte, or (<paramref name="reset"/>) the socket failed.</summary>
    void PeerClosed(bool reset);

    /// <summary>Writes what may go now, some 64 KiB and a packet at most.</summary>
    /// <returns>True when there is more: call again when this is on its way.</returns>
    bool Write(IBufferWriter<byte> output);

    /// <summary>The last bytes: DISCONNECT, or the CONNACK that refuses; may be none.</summary>
    void WriteFarewell(IBufferWriter<byte> output);

    /// <summary>Once the connection has ended and reads no more: posts its Close record, waiting for room if need be. The endpoint stops when all are done.</summary>
    Task CompleteAsync();
}

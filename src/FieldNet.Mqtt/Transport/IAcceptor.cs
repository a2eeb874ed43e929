using System.Net;
using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Transport;

/// <summary>Whom listeners and transports serve: the endpoint.</summary>
/// <remarks>Threading: any thread; must not block.</remarks>
internal interface IAcceptor
{
    /// <summary>Takes a new connection.</summary>
    /// <returns>Null when a limit refuses it: the transport closes it at once.</returns>
    IProtocol? Accept(ITransport transport);

    /// <summary>A transport's own limit refused something: counted and recorded.</summary>
    void Refuse(Refusal reason, EndPoint? remote, string detail);

    /// <summary>A connection's protocol threw, which is a bug: logged and counted. The connection is reset, the others go on.</summary>
    void Faulted(EndPoint? remote, Exception fault);
}

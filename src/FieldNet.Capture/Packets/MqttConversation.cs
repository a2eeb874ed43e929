using FieldNet.Mqtt.Packets;

namespace FieldNet.Capture.Packets;

/// <summary>One TCP connection: both directions, and whether they speak MQTT.</summary>
/// <remarks>Shape: the opener is who sent the SYN, or the first segment of a connection joined in its middle.</remarks>
internal sealed class MqttConversation
{
    private readonly MqttCapture _capture;
    private readonly TcpEndpoint _opener;
    private readonly TcpEndpoint _other;
    private readonly Direction _fromOpener;
    private readonly Direction _toOpener;
    private readonly uint? _synSequence;
    private bool _isOpenerClient;
    private bool _isClosed;
    private bool _isEncrypted;

    public MqttConversation(MqttCapture capture, in TcpSegment first, CaptureLimits limits, CaptureBudget budget)
    {
        _capture = capture;
        // The answer to a SYN that was not captured still tells who opened.
        var isAnswer = first.IsSyn && first.IsAck;
        _opener = isAnswer ? first.Destination : first.Source;
        _other = isAnswer ? first.Source : first.Destination;
        _synSequence = first.IsSyn && !first.IsAck ? first.Sequence : null;
        _fromOpener = new Direction(this, fromOpener: true, limits, budget);
        _toOpener = new Direction(this, fromOpener: false, limits, budget);
    }

    /// <summary>Null until MQTT was recognised.</summary>
    public CapturedConnection? Connection { get; private set; }

    public long LastTimeUs { get; private set; }

    public bool IsOnUsualPort => _opener.Port == MqttDetection.UsualPort || _other.Port == MqttDetection.UsualPort;

    /// <summary>Neither direction will ever be MQTT that can be read.</summary>
    public bool IsEncrypted => _isEncrypted;

    public bool HasBeginning(bool fromOpener) => Of(fromOpener).Order.HasBeginning;

    public bool IsFromClient(bool fromOpener) => fromOpener == _isOpenerClient;

    /// <summary>A guess from the ports: the usual ones are the server's, else the lower one.</summary>
    public bool IsLikelyClient(bool fromOpener)
    {
        var (own, other) = fromOpener ? (_opener.Port, _other.Port) : (_other.Port, _opener.Port);
        return IsServers(other) || (!IsServers(own) && own > other);
    }

    private static bool IsServers(ushort port) => port is MqttDetection.UsualPort or MqttDetection.UsualTlsPort;

    /// <summary>The segment opens another connection between the same ports.</summary>
    public bool IsReplacedBy(in TcpSegment segment) => segment.IsSyn && !segment.IsAck && segment.Sequence != _synSequence;

    public void Take(in TcpSegment segment, long timeUs)
    {
        LastTimeUs = timeUs;
        if (_isClosed)
        {
            return;
        }

        var isFromOpener = segment.Source == _opener;
        if (segment.IsAck)
        {
            Of(!isFromOpener).Order.Acknowledged(segment.Acknowledgement);
        }

        Of(isFromOpener).Order.Accept(segment);
        if (segment.IsReset || (_fromOpener.Order.IsFinished && _toOpener.Order.IsFinished))
        {
            Close(segment.IsReset);
        }
    }

    public void Close(bool isReset)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _fromOpener.Order.Finish();
        _toOpener.Order.Finish();
        _fromOpener.Stream.Close();
        _toOpener.Stream.Close();
        if (Connection is not null)
        {
            _capture.Observer.Closed(Connection, LastTimeUs, isReset);
        }
    }

    public void Recognise(bool fromOpener, bool isClient)
    {
        _isOpenerClient = fromOpener == isClient;
        var (client, server) = _isOpenerClient ? (_opener, _other) : (_other, _opener);
        Connection = new CapturedConnection { Number = _capture.NextNumber(), Client = client, Server = server };
        _capture.Observer.Opened(Connection, LastTimeUs);
        var other = Of(!fromOpener);
        other.Stream.Recognised(other.Order.HasBeginning);
    }

    /// <summary>This is TLS.</summary>
    public void Encrypt()
    {
        if (_isEncrypted || Connection is not null)
        {
            return;
        }

        _isEncrypted = true;
        var isOpenerClient = _synSequence is not null || IsLikelyClient(fromOpener: true);
        _capture.Observer.Encrypted(isOpenerClient ? _opener : _other, isOpenerClient ? _other : _opener, LastTimeUs);
    }

    public void Packet(bool fromOpener, byte header, ReadOnlySpan<byte> body, bool isWhole)
    {
        if (isWhole && MqttFixedHeader.Type(header) == MqttPacketType.Connect)
        {
            _ = ConnectPacket.Read(body, out var connect);
            Connection!.Version = connect.Version == default ? Connection.Version : connect.Version;
        }

        var fromClient = IsFromClient(fromOpener);
        _capture.Observer.Packet(new CapturedMqttPacket
        {
            TimeUs = LastTimeUs,
            Connection = Connection!,
            FromClient = fromClient,
            Header = header,
            Body = body,
            IsWhole = isWhole,
            Fault = isWhole ? MqttDetection.Judge(header, body, Connection!.Version, fromClient) : MqttReasonCode.Success,
        });
    }

    public void Lost(bool fromOpener, long bytes)
    {
        if (Connection is not null)
        {
            _capture.Observer.Lost(Connection, IsFromClient(fromOpener), bytes, LastTimeUs);
        }
    }

    public void Broken(bool fromOpener) => _capture.Observer.Broken(Connection!, IsFromClient(fromOpener), LastTimeUs);

    private Direction Of(bool fromOpener) => fromOpener ? _fromOpener : _toOpener;

    private sealed class Direction
    {
        public Direction(MqttConversation conversation, bool fromOpener, CaptureLimits limits, CaptureBudget budget)
        {
            Stream = new MqttStream(conversation, fromOpener, limits, budget);
            Order = new TcpReassembler(Stream, limits, budget);
        }

        public MqttStream Stream { get; }

        public TcpReassembler Order { get; }
    }
}

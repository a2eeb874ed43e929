namespace FieldNet.Capture.Packets;

/// <summary>Finds the MQTT in a packet capture: frames in, packets of each connection out.</summary>
/// <remarks>
/// Shape: streaming, in one pass; memory is bounded by <see cref="CaptureLimits"/>, however large the capture.
/// Loss: what can't be read is passed over; gaps and what they hide are told to the observer. TLS and WebSocket are not looked into.
/// Threading: single caller.
/// </remarks>
public sealed class MqttCapture
{
    private readonly CaptureLimits _limits;
    private readonly CaptureBudget _budget;
    private readonly Dictionary<(TcpEndpoint, TcpEndpoint), MqttConversation> _conversations = [];
    private int _recognised;

    /// <param name="observer">Is told what is found.</param>
    /// <param name="limits">Null for the defaults.</param>
    public MqttCapture(IMqttCaptureObserver observer, CaptureLimits? limits = null)
    {
        Observer = observer;
        _limits = limits ?? new CaptureLimits();
        _budget = new CaptureBudget(_limits.MaxKeptBytes);
    }

    internal IMqttCaptureObserver Observer { get; }

    /// <summary>What all connections keep now; nothing once finished.</summary>
    internal long KeptBytes => _budget.KeptBytes;

    public void Take(in CapturedFrame frame)
    {
        if (!TcpSegment.TryRead(GtpTunnel.InnerOf(LinkLayer.IpOf(frame)), out var segment))
        {
            return;
        }

        var key = KeyOf(segment);
        if (_conversations.TryGetValue(key, out var conversation) && conversation.IsReplacedBy(segment))
        {
            conversation.Close(isReset: false);
            conversation = null;
        }

        if (conversation is null)
        {
            // Neither a reset nor a bare acknowledgement of a connection not known is worth a place.
            if (segment.IsReset || (!segment.IsSyn && segment.Payload.IsEmpty))
            {
                return;
            }

            MakeRoom();
            conversation = new MqttConversation(this, segment, _limits, _budget);
            _conversations[key] = conversation;
        }

        conversation.Take(segment, frame.TimeUs);
    }

    /// <summary>The capture ends: what waits for missing segments is handed on, and every connection closed.</summary>
    public void Finish()
    {
        foreach (var conversation in _conversations.Values)
        {
            conversation.Close(isReset: false);
        }

        _conversations.Clear();
    }

    internal int NextNumber() => ++_recognised;

    private static (TcpEndpoint, TcpEndpoint) KeyOf(in TcpSegment segment) =>
        (segment.Source.Address, segment.Source.Port).CompareTo((segment.Destination.Address, segment.Destination.Port)) <= 0
            ? (segment.Source, segment.Destination)
            : (segment.Destination, segment.Source);

    /// <summary>Gives up a sixteenth of the connections at a time, those silent for longest, so that it is seldom done.</summary>
    private void MakeRoom()
    {
        if (_conversations.Count < _limits.MaxConnections)
        {
            return;
        }

        foreach (var (key, conversation) in _conversations.OrderBy(c => c.Value.LastTimeUs).Take(1 + (_limits.MaxConnections / 16)).ToArray())
        {
            conversation.Close(isReset: false);
            _conversations.Remove(key);
        }
    }
}

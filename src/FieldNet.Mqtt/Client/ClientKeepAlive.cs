using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>Pings a quiet server, and gives up on one that stays silent.</summary>
/// <remarks>Threading: a timer that looks twice in each keep-alive time.</remarks>
internal sealed class ClientKeepAlive : IDisposable
{
    /// <summary>Two keep-alive times without a byte from the server, with pings sent.</summary>
    private const int MaxSilentChecks = 4;

    private readonly ClientSender _sender;
    private readonly Action _giveUp;
    private readonly ITimer _timer;
    private int _silentChecks;
    private bool _isReading = true;

    public ClientKeepAlive(TimeSpan keepAlive, TimeProvider time, ClientSender sender, Action giveUp)
    {
        _sender = sender;
        _giveUp = giveUp;
        _timer = time.CreateTimer(static self => ((ClientKeepAlive)self!).Check(), this, keepAlive / 2, keepAlive / 2);
    }

    private static ReadOnlySpan<byte> PingReq => [(byte)MqttPacketType.PingReq << 4, 0];

    /// <summary>Bytes came.</summary>
    public void Heard() => Volatile.Write(ref _silentChecks, 0);

    /// <summary>While we don't read, the server's silence is our own doing.</summary>
    public bool IsReading
    {
        get => Volatile.Read(ref _isReading);
        set => Volatile.Write(ref _isReading, value);
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        var silentChecks = IsReading ? Interlocked.Increment(ref _silentChecks) : 0;
        if (silentChecks > MaxSilentChecks)
        {
            _giveUp();
            return;
        }

        // The server counts our silence, we count the server's: either calls for a ping.
        if (!_sender.TakeHasWritten() || silentChecks > 1)
        {
            _sender.Write(PingReq);
            _sender.TakeHasWritten();
        }
    }
}

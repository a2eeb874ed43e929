using System.Buffers;
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

    public ClientKeepAlive(TimeSpan keepAlive, TimeProvider time, ClientSender sender, Action giveUp)
    {
        _sender = sender;
        _giveUp = giveUp;
        _timer = time.CreateTimer(static self => ((ClientKeepAlive)self!).Check(), this, keepAlive / 2, keepAlive / 2);
    }

    private static ReadOnlySpan<byte> PingReq => [(byte)MqttPacketType.PingReq << 4, 0];

    /// <summary>Bytes came.</summary>
    public void Heard() => Volatile.Write(ref _silentChecks, 0);

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        var silentChecks = Interlocked.Increment(ref _silentChecks);
        if (silentChecks > MaxSilentChecks)
        {
            _giveUp();
            return;
        }

        // The server counts our silence, we count the server's: either calls for a ping.
        if (!_sender.TakeHasWritten() || silentChecks > 1)
        {
            _sender.Write(0, static (_, output, _) => output.Write(PingReq));
            _sender.TakeHasWritten();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;
using FieldNet.Slice.Modem;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Edge.Modem;

/// <summary>Reads a modem and publishes how its radio is, for ever.</summary>
/// <remarks>
/// Loss: a reading that finds no connection is not kept; how the radio was is of no use later. A modem that gives no answer is reported all the
/// same, with nothing known: the gateway is there. Threading: one loop; acknowledgements on the client's.
/// </remarks>
internal sealed class ModemPublisher : IMqttLinkUser
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250), LongestWait = TimeSpan.FromSeconds(5);

    private readonly ModemOptions _options;
    private readonly IModemPort _port;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly MqttLink _link;
    private readonly byte[] _topic;
    private readonly uint _epoch;
    private volatile MqttClient? _client;
    private string? _told;
    private ulong _seq;
    private long _acknowledged;
    private long _connections;

    /// <param name="tell">What is wrong, once for each change.</param>
    public ModemPublisher(ModemOptions options, IModemPort port, TimeProvider time, Func<double> random01, Action<string> tell)
    {
        (_options, _port, _time, _tell) = (options, port, time, tell);
        _topic = Encoding.UTF8.GetBytes($"fieldnet/v1/{options.Device}/link");
        _epoch = (uint)time.GetUtcNow().ToUnixTimeSeconds();
        var client = new MqttClientOptions
        {
            ClientId = $"modem-{options.Device.Replace('/', '-')}",
            Tls = options.Tls,
            KeepAlive = TimeSpan.FromSeconds(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Acknowledged = (_, reason) => Interlocked.Add(ref _acknowledged, reason < MqttReasonCode.UnspecifiedError ? 1 : 0),
        };
        _link = new MqttLink(new MqttLinkOptions { Server = options.Server, Client = client, FirstWait = FirstWait, LongestWait = LongestWait }, this, time, random01);
    }

    public long Sent { get; private set; }

    /// <summary>Readings that found no connection.</summary>
    public long NotSent { get; private set; }

    /// <summary>Times that the modem gave no answer that could be read.</summary>
    public long Unreadable { get; private set; }

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public long Connections => Interlocked.Read(ref _connections);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var leaving = new CancellationTokenSource();
        var link = Task.Run(() => _link.RunAsync(leaving.Token), CancellationToken.None);
        try
        {
            using var timer = new PeriodicTimer(_options.Every, _time);
            do
            {
                Publish(await ReadAsync(stopping).ConfigureAwait(false));
            }
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The time is up, or the user stops it.
        }
        finally
        {
            await LastAnswersAsync().ConfigureAwait(false);
            await leaving.CancelAsync().ConfigureAwait(false);
            await link.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    IMqttReceiver IMqttLinkUser.Receiver() => new Receiver(this);

    /// <inheritdoc/>
    void IMqttLinkUser.Connected() => Interlocked.Increment(ref _connections);

    /// <inheritdoc/>
    void IMqttLinkUser.Subscribed(string filter, MqttReasonCode reason)
    {
    }

    /// <inheritdoc/>
    ValueTask IMqttLinkUser.FailedAsync(IMqttReceiver receiver, MqttClientException why) => Gone();

    /// <inheritdoc/>
    ValueTask IMqttLinkUser.EndedAsync(IMqttReceiver receiver, MqttClientClosed why) => Gone();

    private ValueTask Gone()
    {
        _client = null;
        return ValueTask.CompletedTask;
    }

    /// <summary>An agent that is well answers within milliseconds.</summary>
    private async Task LastAnswersAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), _time);
        for (var looks = 0; _client is not null && Acknowledged < Sent && looks < 50; looks++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>A text with several answers is played in turn.</summary>
    private async Task<LinkReport> ReadAsync(CancellationToken stopping)
    {
        try
        {
            var readings = ModemText.Read(await _port.AskAsync(stopping).ConfigureAwait(false));
            if (readings.Count > 0)
            {
                _told = null;
                return readings[(int)((Sent + NotSent) % readings.Count)];
            }

            Tell("what the modem says holds no radio state");
        }
        catch (ModemFaultException fault)
        {
            Tell(fault.Message);
        }

        Unreadable++;
        return new LinkReport();
    }

    private void Tell(string what)
    {
        if (_told != what)
        {
            _tell(what);
            _told = what;
        }
    }

    private void Publish(LinkReport report)
    {
        report.Serves.AddRange(_options.Serves);
        report.Ip = report.Ip.Length > 0 ? report.Ip : OwnAddress();
        var nowUs = _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        report.Stamp = new Stamp { Epoch = _epoch, Seq = _seq, DeviceTimeUs = nowUs, SentTimeUs = nowUs, Mode = _options.Mode };
        if (_client?.TryPublish(_topic, report.ToByteArray(), qos: 1, contentType: "application/x-protobuf"u8) == true)
        {
            _seq++;
            Sent++;
        }
        else
        {
            NotSent++;
        }
    }

    /// <summary>The address that the gateway speaks from to the server: its PDU session's, where the modem is its way there.</summary>
    private string OwnAddress()
    {
        try
        {
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(_options.Server.Host, _options.Server.Port);
            var own = ((IPEndPoint)socket.LocalEndPoint!).Address;
            own = own.IsIPv4MappedToIPv6 ? own.MapToIPv4() : own;
            return IPAddress.IsLoopback(own) ? "" : own.ToString();
        }
        catch (SocketException)
        {
            return "";
        }
    }

    /// <summary>It subscribes to nothing; it only has to know the connection.</summary>
    private sealed class Receiver(ModemPublisher publisher) : IMqttReceiver
    {
        public void Connected(MqttClient client) => publisher._client = client;

        public void BytesCame()
        {
        }

        public bool TryTake(in PublishPacket message) => true;

        public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

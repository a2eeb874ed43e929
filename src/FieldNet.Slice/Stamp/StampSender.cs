using System.Net;
using System.Net.Sockets;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Stamp;

/// <summary>A Session-Sender: paces packets to one reflector and says each second how the path was.</summary>
/// <remarks>
/// Threading: a thread of its own receives, so that times are read close to the kernel; the pace runs on the pool. Loss: what the system
/// can't send counts as lost there. Source: RFC 8762 section 4.2.
/// </remarks>
/// <param name="report">Told each second of the second, with its round trips in ascending order (valid during the call). Must not throw.</param>
public sealed class StampSender(StampSenderOptions options, TimeProvider time, Action<ProbeReport, IReadOnlyList<double>> report)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    private readonly StampClock _clock = new(time);
    private readonly Lock _gate = new();
    private readonly StampAccount _account = new((int)(options.Timeout / options.Every * 2) + 64, (long)options.Timeout.TotalNanoseconds);
    private readonly byte[] _packet = new byte[SenderPacket.AuthenticatedBytes];
    private long _unread;

    /// <summary>Packets that answered none of ours, or had a wrong HMAC.</summary>
    public long Strays
    {
        get
        {
            lock (_gate)
            {
                return _account.Strays + _unread;
            }
        }
    }

    /// <summary>Sends until cancelled, then waits for what is on its way, and reports the rest; or ends at once (<see cref="StampSenderOptions.WaitsForLast"/>).</summary>
    /// <exception cref="OperationCanceledException">It ended at once.</exception>
    /// <exception cref="SocketException">There is no way to send there.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var socket = new DatagramSocket(new IPEndPoint(options.Reflector.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0), options.Dscp, _clock);
        socket.Connect(options.Reflector);
        using var ending = new CancellationTokenSource();
        var receiving = new Thread(() => Receive(socket, ending.Token)) { IsBackground = true, Name = "fieldnet-probe" };
        receiving.Start();
        try
        {
            await PaceAsync(socket, stopping).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            receiving.Join();
        }
    }

    private async Task PaceAsync(DatagramSocket socket, CancellationToken stopping)
    {
        using var pace = new PeriodicTimer(options.Every, time);
        var reportedAt = time.GetTimestamp();
        var stoppedAt = 0L;
        Send(socket);
        SendTwin(socket);
        while (await pace.WaitForNextTickAsync(options.WaitsForLast ? CancellationToken.None : stopping).ConfigureAwait(false))
        {
            if (stopping.IsCancellationRequested && stoppedAt == 0)
            {
                stoppedAt = time.GetTimestamp();
            }
            else if (stoppedAt == 0)
            {
                Send(socket);
            }

            if (time.GetElapsedTime(reportedAt) >= ReportEvery)
            {
                reportedAt += (long)(ReportEvery.TotalSeconds * time.TimestampFrequency);
                Report();
            }

            if (stoppedAt > 0 && (IsSettled() || time.GetElapsedTime(stoppedAt) > options.Timeout + options.Every))
            {
                Report();
                return;
            }
        }
    }

    private void Send(DatagramSocket socket)
    {
        lock (_gate)
        {
            var sentBits = StampTime.ToBits(_clock.UtcNs, isPtp: false);
            var length = new SenderPacket(_account.NextSequence, sentBits, ErrorEstimate.Unsynchronized, options.Ssid).Write(_packet, options.Key);
            _account.Sent(_clock.ElapsedNs, sentBits);
            socket.TrySend(_packet.AsSpan(0, length));
        }
    }

    /// <summary>The first packet a second time: a reflector that counts for itself gives two numbers, and so shows what it is.</summary>
    private void SendTwin(DatagramSocket socket) => socket.TrySend(_packet.AsSpan(0, options.Key is null ? SenderPacket.Bytes : SenderPacket.AuthenticatedBytes));

    private void Receive(DatagramSocket socket, CancellationToken ending)
    {
        var buffer = DatagramSocket.Buffer(2048);
        var from = new SocketAddress(options.Reflector.AddressFamily);
        while (!ending.IsCancellationRequested)
        {
            var count = socket.Receive(buffer, from, out var note);
            var nowNs = _clock.ElapsedNs;
            if (count <= 0)
            {
                continue;
            }

            lock (_gate)
            {
                if (ReflectorPacket.TryRead(buffer.AsSpan(0, count), options.Key, out var answer))
                {
                    _account.Received(answer, nowNs - note.AgeNs, note.UtcNs);
                }
                else
                {
                    _unread++;
                }
            }
        }
    }

    private bool IsSettled()
    {
        lock (_gate)
        {
            _account.Judge(_clock.ElapsedNs);
            return _account.IsSettled;
        }
    }

    private void Report()
    {
        lock (_gate)
        {
            report(_account.Report(options.Name, options.Target, options.Dscp, _clock.ElapsedNs), _account.RttMs);
            _account.Clear();
        }
    }
}

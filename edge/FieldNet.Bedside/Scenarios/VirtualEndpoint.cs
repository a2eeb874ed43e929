using FieldNet.Bedside.Faults;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Bedside.Scenarios;

/// <summary>The connections of a scenario, from both ends: who is connected, who tries again, and what the endpoint logs of it.</summary>
internal sealed class VirtualEndpoint(VirtualLog log, VirtualAgenda agenda, Random random)
{
    /// <summary>One and a half keep-alives of 10 s.</summary>
    private const long KeepAliveUs = 15_000_000;

    private const long FirstConnection = 1L << 32;

    private readonly Dictionary<VirtualDevice, VirtualStream> _status = [];
    private long _connections = FirstConnection;
    private long _deadUntilUs = -1;

    /// <summary>What a device says when it connects.</summary>
    public void Greets(VirtualStream status) => _status[status.Device] = status;

    /// <summary>Connects first where there is no connection.</summary>
    public bool IsConnected(VirtualConnection connection, in FaultEffect effect, long nowUs)
    {
        if (!connection.IsBroken)
        {
            return true;
        }
        if (nowUs < connection.RetryUs || nowUs < connection.Device.AppearsUs || nowUs <= _deadUntilUs || effect.Silent)
        {
            return false;
        }
        Close(connection, nowUs, "session_taken_over");
        (connection.IsBroken, connection.IsOpen) = (false, true);
        connection.Number = ++_connections;
        long arrival = nowUs + 1000 + (long)(2000 * (connection.Device.Path.OneWayMs(nowUs) + effect.LatencyMs));
        (connection.LastArrivalUs, connection.LastHeardUs) = (arrival, arrival);
        long number = connection.Number;
        agenda.Add(arrival, now =>
        {
            log.Add(RecordKind.Connect, now, number, connection.Client, Topic.None, """{"protocol":5,"keep_alive_s":10,"address":"10.45.0.9:40000"}"""u8);
        });
        if (connection.IsMain && _status.TryGetValue(connection.Device, out var status))
        {
            agenda.Add(nowUs + 1, new VirtualStep { Stream = status });
        }
        return true;
    }

    public void Arrive(in VirtualStep step, long nowUs)
    {
        var stream = step.Stream!;
        var connection = stream.Connection;
        // A connection that was reset takes with it what was on the way.
        if (!connection.IsOpen || connection.Number != step.Connection)
        {
            return;
        }
        connection.LastHeardUs = nowUs;
        bool isStatus = stream.Topic.Message == MessageKind.Status;
        log.Add(RecordKind.Publish, nowUs, connection.Number, connection.Client, stream.Topic, step.Payload ?? stream.Payload!.Write(step.Stamp), stream.Qos, isStatus);
    }

    /// <summary>Both ends know at once that it is over.</summary>
    public void Reset(VirtualDevice device, long nowUs)
    {
        foreach (var connection in device.Connections)
        {
            Close(connection, nowUs, "connection_reset");
            connection.IsBroken = true;
            connection.RetryUs = nowUs + random.Next(200_000, 600_000);
        }
    }

    /// <summary>The device's end is gone; the endpoint finds out by itself.</summary>
    public void Break(VirtualDevice device, long nowUs, long after)
    {
        foreach (var connection in device.Connections)
        {
            connection.IsBroken = true;
            connection.RetryUs = nowUs + after;
        }
    }

    /// <summary>The agent dies: nobody is there to log anything until it starts again.</summary>
    public void Die(IEnumerable<VirtualDevice> devices, long nowUs, long untilUs)
    {
        _deadUntilUs = untilUs;
        foreach (var connection in devices.SelectMany(device => device.Connections))
        {
            (connection.IsOpen, connection.IsBroken) = (false, true);
            connection.RetryUs = untilUs + random.Next(200_000, 3_000_000);
        }
        log.PauseUntil(untilUs);
        _connections += 1L << 32;
    }

    /// <summary>Closes what has been silent for longer than its keep alive allows.</summary>
    public void LookAt(VirtualDevice device, long nowUs)
    {
        foreach (var connection in device.Connections)
        {
            if (connection.IsOpen && nowUs - connection.LastHeardUs > KeepAliveUs)
            {
                Close(connection, nowUs, "keep_alive_timeout");
                connection.IsBroken = true;
                connection.RetryUs = Math.Max(connection.RetryUs, nowUs + random.Next(200_000, 600_000));
            }
        }
    }

    private void Close(VirtualConnection connection, long nowUs, string reason)
    {
        if (!connection.IsOpen)
        {
            return;
        }
        connection.IsOpen = false;
        log.Add(RecordKind.Close, nowUs, connection.Number, connection.Client, Topic.None, VirtualFleet.Json($$"""{"reason":"{{reason}}","leave":false}"""));
        if (connection.IsMain && _status.TryGetValue(connection.Device, out var status))
        {
            log.Add(RecordKind.Will, nowUs, connection.Number, connection.Client, status.Topic, VirtualFleet.Offline, qos: 1, retain: true);
        }
    }
}

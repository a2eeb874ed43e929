using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Records;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Plays a scenario: lets each stream send, takes each message over its path with the faults that lie on it, and logs what arrives.</summary>
/// <remarks>Threading: one thread. No sockets, no patients: the content of the messages is always the same.</remarks>
internal sealed class VirtualWard
{
    private const long HousekeepingUs = 500_000;

    private readonly Scenario _scenario;
    private readonly VirtualLog _log;
    private readonly VirtualAgenda _agenda = new();
    private readonly Random _random;
    private readonly VirtualDevice[] _devices;
    private readonly VirtualStream[] _streams;
    private readonly VirtualEndpoint _endpoint;
    private readonly VirtualPath _path;
    private readonly RadioReports _radio;
    private readonly long _endUs;

    public VirtualWard(Scenario scenario, VirtualLog log)
    {
        (_scenario, _log) = (scenario, log);
        _endUs = Micros(scenario.Lasting);
        _random = RandomExtensions.Fork(scenario.Seed, scenario.Number, 40);
        _devices = VirtualFleet.Devices(scenario, _random);
        _endpoint = new VirtualEndpoint(log, _agenda, _random);
        _streams = VirtualFleet.Streams(scenario, _devices, log.Topics, _random, _endpoint);
        _radio = new RadioReports(scenario, RandomExtensions.Fork(scenario.Seed, scenario.Number, 41));
        _path = new VirtualPath(log, _agenda, _random);
    }

    public void Run()
    {
        _log.Own(RecordKind.AgentStart, 0, VirtualFleet.StartPayload(_scenario));
        foreach (var stream in _streams)
        {
            _agenda.Add(stream.NextUs, new VirtualStep { Stream = stream });
        }
        _agenda.Add(HousekeepingUs, KeepHouse);
        new NetworkSources(_scenario, _devices, _log, _agenda, RandomExtensions.Fork(_scenario.Seed, _scenario.Number, 42)).Begin();
        foreach (var fault in _scenario.Faults)
        {
            Schedule(fault);
        }
        while (_agenda.TryTake(out var step, out long nowUs) && nowUs <= _endUs)
        {
            if (step.Action is { } action)
            {
                action(nowUs);
            }
            else if (step.Connection > 0)
            {
                _endpoint.Arrive(step, nowUs);
            }
            else
            {
                Send(step.Stream!, nowUs);
            }
        }
        _log.TickUntil(_endUs);
    }

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private void Send(VirtualStream stream, long nowUs)
    {
        if (stream.PeriodUs > 0)
        {
            // A device's own loop is not exact either.
            stream.NextUs += stream.PeriodUs;
            _agenda.Add(stream.NextUs + _random.Next(3_000), new VirtualStep { Stream = stream });
        }
        var device = stream.Device;
        var effect = device.EffectAt(nowUs);
        if (IsMute(stream, effect, nowUs))
        {
            return;
        }
        if (effect.Burst)
        {
            if (stream.IsKept)
            {
                device.Kept.Enqueue((stream, nowUs));
            }
            return;
        }
        if (_endpoint.IsConnected(stream.Connection, effect, nowUs))
        {
            _path.Send(stream, effect, nowUs, stream.Payload is null ? stamp => _radio.Of(device, effect, nowUs, stamp) : null);
            _path.SendKept(stream.Connection, effect, nowUs);
        }
    }

    /// <summary>Nothing is made, or nothing gets as far as a socket.</summary>
    private bool IsMute(VirtualStream stream, in FaultEffect effect, long nowUs)
    {
        if (effect.Silent && effect.Form is not (OutageForm.Lost or OutageForm.Held))
        {
            return true;
        }
        if (effect.Disconnected)
        {
            _endpoint.Reset(stream.Device, nowUs);
            return true;
        }
        var now = TimeSpan.FromMicroseconds(nowUs);
        foreach (var fault in _scenario.Faults)
        {
            if (fault.Subject == stream.Sensor && fault.IsActive(now))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The endpoint's own timers.</summary>
    private void KeepHouse(long nowUs)
    {
        foreach (var device in _devices)
        {
            _endpoint.LookAt(device, nowUs);
        }
        _agenda.Add(nowUs + HousekeepingUs, KeepHouse);
    }

    /// <summary>What a fault does at one moment and not to each message.</summary>
    private void Schedule(Fault fault)
    {
        long at = Micros(fault.At), end = Micros(fault.End);
        bool goesOff = fault.What == FaultKind.Silent && fault.Form is OutageForm.Off or OutageForm.Reset || (fault.What == FaultKind.Power && fault.Value > 0);
        if (fault.Form == OutageForm.Reset && fault.What == FaultKind.Silent)
        {
            _agenda.Add(at, now => ForEach(fault, device => _endpoint.Reset(device, now)));
        }
        if (goesOff)
        {
            _agenda.Add(end, now => ForEach(fault, device => Restart(device, fault, now)));
        }
        switch (fault.What)
        {
            case FaultKind.ClockOffset:
                _agenda.Add(at, now => ForEach(fault, device => Restart(device, fault, now)));
                break;
            case FaultKind.AgentStall:
                _agenda.Add(at, _ => _log.PauseUntil(end));
                _agenda.Add(at, now => _log.Own(RecordKind.Clock, end, VirtualFleet.Json($$"""{"what":"stall","stalled_us":{{end - at}}}""")));
                break;
            case FaultKind.AgentPause:
                for (long pause = at; pause < end; pause += 1_000_000)
                {
                    _agenda.Add(pause, now => Pause(now, (long)(fault.Value * 1000)));
                }
                break;
            case FaultKind.AgentRestart:
                _agenda.Add(at, now => _endpoint.Die(_devices, now, end));
                _agenda.Add(at, _ => _log.BeDownUntil(end));
                _agenda.Add(end, now => _log.Own(RecordKind.AgentStart, now, VirtualFleet.StartPayload(_scenario)));
                break;
            case FaultKind.AgentDisk:
                _agenda.Add(at, now => _log.Own(RecordKind.Disk, now, """{"step":"evicting","used_percent":91.0,"free_bytes":900000000,"log_bytes":9000000000}"""u8));
                _agenda.Add(end, now => _log.Own(RecordKind.Disk, now, """{"step":"room","used_percent":70.0,"free_bytes":3000000000,"log_bytes":7000000000}"""u8));
                break;
        }
    }

    private void Pause(long nowUs, long lastingUs)
    {
        _log.PauseUntil(nowUs + lastingUs);
        _agenda.Add(nowUs + 999_000, now => _log.Own(RecordKind.Health, now, new Telemetry.Network.HealthReport
        {
            GcPauseMs = lastingUs / 1000.0,
            ReadLagMs = lastingUs / 1000.0,
            QueueMs = 1,
        }.ToJson()));
    }

    /// <summary>Comes back with a new epoch where it was off itself, and on new connections in any case.</summary>
    private void Restart(VirtualDevice device, Fault fault, long nowUs)
    {
        if (device.Place.Subject == fault.Subject)
        {
            device.Epoch++;
        }
        VirtualEndpoint.Break(device, nowUs, after: _random.Next(200_000, 1_500_000));
    }

    private void ForEach(Fault fault, Action<VirtualDevice> action)
    {
        foreach (var device in _devices)
        {
            if (fault.Touches(device.Place))
            {
                action(device);
            }
        }
    }
}

using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Monitors;
using Google.Protobuf;
using State = FieldNet.Telemetry.Wire.DeviceStatus.Types.State;

namespace FieldNet.Bedside.Devices;

/// <summary>One simulated bedside monitor: a patient, what is measured of them, and the messages about it.</summary>
/// <remarks>
/// Rates: waveforms each step (256 ms), numbers each fourth step (1.024 s), alarms on change and every 10 s, status when it connects.
/// Threading: the scheduler's thread; <see cref="Acknowledge"/> comes on the connections' threads.
/// </remarks>
internal sealed class BedDevice : ISimulatedDevice
{
    private const int StepsPerVitals = 4;
    private const long AlarmsEveryUs = 10_000_000;

    /// <summary>After a stall of the machine longer than this, the missed steps are not made up for.</summary>
    private const long LongestStallUs = 2_000_000;

    private readonly BedsideMonitor _monitor;
    private readonly FaultyLink _link;
    private readonly BedConnection _main;
    private readonly BedConnection? _wave;
    private readonly WireMessages _messages;
    private readonly SimulationClock _clock;
    private readonly Traffic _traffic;
    private readonly List<MessageStream> _streams = [];
    private readonly MessageStream _status, _vitals, _alarms;
    private readonly MessageStream[] _waves = [];
    private readonly List<Reading> _readings = [];
    private readonly long _stepUs;
    private readonly string _serial;
    private long _offsetUs;
    private long _steps;
    private long _alarmsSentUs = -AlarmsEveryUs;
    private int _alarmsVersion = -1;
    private int _greeted;

    /// <param name="setup">Who and where.</param>
    /// <param name="monitor">Attached to the bed's patient.</param>
    /// <param name="firstStepUs">When, after the simulation's start, the first messages go; spreads the beds over the step.</param>
    public BedDevice(BedSetup setup, BedsideMonitor monitor, long firstStepUs)
    {
        (_monitor, _messages, _clock, _traffic) = (monitor, new(setup.Clock.Epoch), setup.Clock, setup.Traffic);
        _stepUs = setup.StepUs;
        _serial = "SIM-" + setup.Bed;
        NextStepUs = firstStepUs;
        // A step's samples end at its time, so the patient's time 0 lies before the simulation's start.
        _offsetUs = firstStepUs - _stepUs - monitor.NowUs;
        _link = new(setup, setup.Place);
        string topic = "fieldnet/v1/" + setup.Subject;
        var offline = WireMessages.Status(_serial, State.Offline, []);
        offline.Stamp = _messages.Stamp(_clock.UtcUs(0));
        _main = Connection("", (topic + "/status", offline.ToByteArray()));
        _status = Stream(topic + "/status", 1, retain: true, _main);
        _vitals = Stream(topic + "/vitals", 1, retain: false, _main);
        _alarms = Stream(topic + "/alarm", 1, retain: false, _main);
        if (setup.Waves)
        {
            _wave = Connection("-wave", null);
            _waves = [.. monitor.Patient.Waves.Select(w => Stream($"{topic}/wave/{w.Signal}", setup.WaveQos, retain: false, _wave))];
        }

        BedConnection Connection(string suffix, (string, byte[])? will) =>
            new($"{setup.Bed}-{BedSetup.Device}{suffix}", will, setup.Connector, Acknowledge, setup.Traffic, setup.Notices, setup.Random, setup.Time);
    }

    public long NextStepUs { get; private set; }

    public IReadOnlyList<MessageStream> Streams => _streams;

    public bool IsIdle => _link.IsIdle;

    /// <summary>The loops of its connections.</summary>
    public IEnumerable<Task> Run(CancellationToken cancellationToken) =>
        _wave is null ? [_main.RunAsync(cancellationToken)] : [_main.RunAsync(cancellationToken), _wave.RunAsync(cancellationToken)];

    /// <summary>Lets faults act, and sends what they held back; and greets a server that is new to us.</summary>
    public void Pump(long nowUs)
    {
        bool historyIsSent = _link.Pump(nowUs);
        if (_link.IsCut)
        {
            _main.Block();
            _wave?.Block();
        }
        else
        {
            _main.Unblock();
            _wave?.Unblock();
        }
        if (_main.Open is not null && _greeted != _main.Times && Report(State.Online, nowUs))
        {
            _greeted = _main.Times;
            SendAlarms(nowUs);
        }
        if (historyIsSent)
        {
            // What was kept raises no alarm; this is now.
            SendAlarms(nowUs);
        }
    }

    /// <summary>Lives one step of the patient's life and sends what is new.</summary>
    public void Step(long nowUs)
    {
        long late = nowUs - NextStepUs;
        if (late > LongestStallUs)
        {
            long missed = late / _stepUs * _stepUs;
            NextStepUs += missed;
            _offsetUs += missed;
        }
        NextStepUs += _stepUs;
        _monitor.Live(_monitor.NowUs + _stepUs);
        for (int i = 0; i < _waves.Length; i++)
        {
            var wave = _monitor.Patient.Waves[i];
            if (!wave.Samples.IsEmpty)
            {
                var chunk = WireMessages.Wave(wave);
                chunk.Stamp = _messages.Stamp(StartUtcUs + (long)Math.Round(wave.FirstSample * wave.SamplePeriodUs));
                _link.Send(_waves[i], chunk, chunk.Stamp, nowUs, keep: false);
            }
        }
        if (_steps++ % StepsPerVitals == 0)
        {
            _monitor.Read(_readings);
            var vitals = WireMessages.Vitals(_readings, StartUtcUs);
            vitals.Stamp = _messages.Stamp(StartUtcUs + _monitor.NowUs);
            _link.Send(_vitals, vitals, vitals.Stamp, nowUs, keep: true);
        }
        if (_monitor.Alarms.Version != _alarmsVersion || nowUs - _alarmsSentUs >= AlarmsEveryUs)
        {
            SendAlarms(nowUs);
        }
    }

    /// <summary>Says that it will go.</summary>
    public void TakeLeave(long nowUs) => Report(State.Offline, nowUs);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _main.StopAsync(cancellationToken).ConfigureAwait(false);
        if (_wave is not null)
        {
            await _wave.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>UTC of the patient's time 0.</summary>
    private long StartUtcUs => _clock.UtcUs(_offsetUs);

    private bool Report(State state, long nowUs)
    {
        var status = WireMessages.Status(_serial, state, _monitor.Patient.Waves.Select(w => w.Signal));
        status.Stamp = _messages.Stamp(_clock.UtcUs(nowUs));
        return _link.Send(_status, status, status.Stamp, nowUs, keep: false);
    }

    private void SendAlarms(long nowUs)
    {
        var report = WireMessages.Alarms(_monitor.Alarms.Active, StartUtcUs);
        report.Stamp = _messages.Stamp(StartUtcUs + _monitor.NowUs);
        // An alarm that could not be sent is tried again at the next step.
        (_alarmsVersion, _alarmsSentUs) = _link.Send(_alarms, report, report.Stamp, nowUs, keep: true)
            ? (_monitor.Alarms.Version, nowUs)
            : (-1, _alarmsSentUs);
    }

    private MessageStream Stream(string topic, byte qos, bool retain, BedConnection connection)
    {
        var stream = new MessageStream((byte)_streams.Count, topic, qos, retain, connection);
        _streams.Add(stream);
        return stream;
    }

    private void Acknowledge(ulong packed, bool success)
    {
        var token = AckToken.Unpack(packed);
        if (!success)
        {
            _traffic.CountRefused();
            return;
        }
        _traffic.CountAcknowledged(token.LatencyUs(_clock.ElapsedUs));
        var acknowledged = _streams[token.Stream].Acknowledged;
        lock (acknowledged)
        {
            acknowledged.Add(token.Seq);
        }
    }
}

using FieldNet.Telemetry.Ingress;

namespace FieldNet.Capture.Sequencing;

/// <summary>Notices a wall clock that stepped, and a machine that slept.</summary>
/// <remarks>Threading: the sequencer's. The reference moves only when a change is told, so that small steps add up.</remarks>
internal sealed class HostClockWatch
{
    private const long LimitUs = 1_000_000;

    private readonly IHostClocks _host;
    private readonly ILogClock _clock;
    private long _suspendedUs;

    public HostClockWatch(IHostClocks host, ILogClock clock)
    {
        _host = host;
        _clock = clock;
        _suspendedUs = host.SuspendedUs;
        WallMinusLogUs = host.WallUs - clock.NowUs;
    }

    public long WallMinusLogUs { get; private set; }

    public bool TryDetect(out ClockChange change)
    {
        var offset = _host.WallUs - _clock.NowUs;
        var suspended = _host.SuspendedUs;
        change = new ClockChange(offset - WallMinusLogUs, suspended - _suspendedUs, offset);
        if (Math.Abs(change.StepUs) <= LimitUs && change.SuspendedUs <= LimitUs)
        {
            return false;
        }

        if (change.SuspendedUs <= LimitUs)
        {
            // Two clocks can't be read at one instant: a few microseconds are no sleep, and a step alone must blank nothing.
            change = change with { SuspendedUs = 0 };
        }

        (WallMinusLogUs, _suspendedUs) = (offset, suspended);
        return true;
    }
}

using FieldNet.Capture.Disk;

namespace FieldNet.Capture.Sequencing;

/// <summary>The clocks of this machine.</summary>
internal sealed class HostClocks(TimeProvider time) : IHostClocks
{
    public long WallUs => LogClock.ToUs(time.GetUtcNow());

    /// <summary>CLOCK_BOOTTIME goes on while the machine sleeps, CLOCK_MONOTONIC does not.</summary>
    public long SuspendedUs => (LibC.ClockNanoseconds(LibC.ClockBoottime) - LibC.ClockNanoseconds(LibC.ClockMonotonic)) / 1000;
}

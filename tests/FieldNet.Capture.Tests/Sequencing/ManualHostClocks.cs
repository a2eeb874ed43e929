using FieldNet.Capture.Sequencing;

namespace FieldNet.Capture.Tests.Sequencing;

internal sealed class ManualHostClocks(TimeProvider time) : IHostClocks
{
    public long WallUs => LogClock.ToUs(time.GetUtcNow());

    public long SuspendedUs { get; set; }
}

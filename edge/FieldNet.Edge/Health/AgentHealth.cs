using FieldNet.Telemetry.Network;

namespace FieldNet.Edge.Health;

/// <summary>Decides which seconds of the agent's own condition are worth a record.</summary>
/// <remarks>Pure. Shape: a report each second in which a figure is out of its usual range, and one when all are back.</remarks>
internal sealed class AgentHealth(HealthLimits limits)
{
    private bool _gc, _read, _queue, _cpu, _overloaded;

    /// <returns>Null when there is nothing to say.</returns>
    public HealthReport? Judge(in HealthFigures second)
    {
        var wasOut = IsOut;
        _gc = limits.GcPauseMs.IsOut(second.GcPauseMs, _gc);
        _read = limits.ReadLagMs.IsOut(second.ReadLagMs, _read);
        _queue = limits.QueueMs.IsOut(second.QueueMs, _queue);
        _cpu = limits.CpuShare.IsOut(second.CpuShare, _cpu);
        _overloaded = second.Overloaded;
        return !IsOut && !wasOut ? null : new HealthReport
        {
            GcPauseMs = Rounded(second.GcPauseMs, 3),
            ReadLagMs = Rounded(second.ReadLagMs, 3),
            QueueMs = Rounded(second.QueueMs, 3),
            CpuShare = Rounded(second.CpuShare, 3),
            Overloaded = second.Overloaded,
        };
    }

    private bool IsOut => _gc || _read || _queue || _cpu || _overloaded;

    private static double? Rounded(double? figure, int digits) => figure is { } known ? Math.Round(known, digits) : null;
}

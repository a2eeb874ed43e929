namespace FieldNet.Telemetry.Ingress;

/// <summary>Log time: UTC at the agent's start, never before the last record, plus monotonic time since.</summary>
/// <remarks>Threading: any thread. Never decreases.</remarks>
public interface ILogClock
{
    /// <summary>UTC microseconds.</summary>
    long NowUs { get; }
}

namespace FieldNet.Dashboard.Api;

/// <summary>What the dashboard shows of the agent itself; the host implements it.</summary>
/// <remarks>Threading: any thread, often; must not block.</remarks>
public interface IAgentStatus
{
    string Version { get; }

    /// <summary>Log time of the start, UTC microseconds.</summary>
    long StartedUs { get; }

    /// <summary>Keys of what ails the agent (<c>disk_slow</c>, <c>disk_full</c>, <c>clock</c>…), in a stable order; empty when well.</summary>
    IReadOnlyList<string> Faults { get; }
}

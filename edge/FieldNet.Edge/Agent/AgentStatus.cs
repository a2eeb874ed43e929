using FieldNet.Capture.Log;
using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Health;
using FieldNet.Telemetry.Ingress;

namespace FieldNet.Edge.Agent;

/// <summary>What the agent says of itself: to the pages, and at <c>/healthz</c>.</summary>
internal sealed class AgentStatus(CaptureLog log, ILogClock clock) : IAgentStatus, IHealthSource
{
    public static string ProductVersion { get; } = typeof(AgentStatus).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public string Version => ProductVersion;

    public long StartedUs { get; } = clock.NowUs;

    public string Name => "log";

    public IReadOnlyList<string> Faults => log.Health.Fault switch
    {
        CaptureFault.None => log.Health.Step switch { DiskStep.Room => [], DiskStep.Refusing => ["disk_full"], _ => ["disk_filling"] },
        CaptureFault.Slow => ["disk_slow"],
        CaptureFault.DiskFull => ["disk_full"],
        _ => ["disk_error"],
    };

    public IReadOnlyList<string> Reasons => log.Health switch
    {
        // Evicting is an event and a word on the page: nothing that is shown or promised suffers yet.
        { Fault: CaptureFault.None, Step: DiskStep.Room or DiskStep.Evicting } => [],
        { Fault: CaptureFault.None, Step: DiskStep.Ballast } => ["The disk is nearly full: waveforms are shown and not logged; vitals and alarms have about two hours."],
        { Fault: CaptureFault.None, Step: DiskStep.Refusing } => ["The disk is full: messages are shown and not logged. MQTT 5 senders are told so, others wait."],
        { Fault: CaptureFault.Slow } => ["The disk takes over a second for a commit; acknowledgements are late."],
        { Fault: CaptureFault.DiskFull, Detail: var detail } => [$"The disk is full: nothing is acknowledged until there is room ({detail})."],
        { Detail: var detail } => [$"The log can't be committed: nothing is acknowledged until it can ({detail})."],
    };
}

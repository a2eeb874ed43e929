using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Health;

namespace FieldNet.Dashboard.Tests.Fakes;

internal sealed class FakeAgent : IAgentStatus, IHealthSource
{
    public string Version => "1.2.3";

    public long StartedUs => 1_000_000;

    public IReadOnlyList<string> Faults { get; set; } = [];

    public string Name => "log";

    public IReadOnlyList<string> Reasons { get; set; } = [];
}

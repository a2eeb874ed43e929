using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Health;

namespace FieldNet.Dashboard.Tests.Fakes;

internal sealed class FakeAgent : IAgentStatus, IHealthSource
{
    public string Version => "1.2.3";

    public long StartedUs => 1_000_000;

    public bool Broken { get; set; }

    /// <summary>Runs while a tick is being built.</summary>
    public Action? Asked { get; set; }

    public IReadOnlyList<string> Faults
    {
        get
        {
            Asked?.Invoke();
            return Broken ? throw new InvalidOperationException("broken on purpose") : [];
        }
    }

    public string Name => "log";

    public IReadOnlyList<string> Reasons { get; set; } = [];
}

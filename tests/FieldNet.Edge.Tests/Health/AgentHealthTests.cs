using FieldNet.Edge.Health;
using FieldNet.Edge.Tests.Agent;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Tests.Health;

/// <summary>Which seconds of the agent's own condition become records.</summary>
public sealed class AgentHealthTests
{
    private readonly AgentHealth _health = new(new HealthLimits());

    [Fact]
    public void Judge_UsualSeconds_SaysNothing()
    {
        Assert.Null(Judge(gcMs: 19, readMs: 19, queueMs: 99, cpu: 0.89));
        Assert.Null(Judge());
    }

    [Theory]
    [InlineData(20, 0, 0, 0, false)]
    [InlineData(0, 20, 0, 0, false)]
    [InlineData(0, 0, 100, 0, false)]
    [InlineData(0, 0, 0, 0.9, false)]
    [InlineData(0, 0, 0, 0, true)]
    public void Judge_AnyFigureOut_IsSaidWithAllFiguresAndOnceMoreWhenAllAreBack(double gcMs, double readMs, double queueMs, double cpu, bool overloaded)
    {
        var out1 = Judge(gcMs, readMs, queueMs, cpu, overloaded);
        var back = Judge();

        Assert.Equal(new HealthReport { GcPauseMs = gcMs, ReadLagMs = readMs, QueueMs = queueMs, CpuShare = cpu, Overloaded = overloaded }, out1);
        Assert.Equal(new HealthReport { GcPauseMs = 0, ReadLagMs = 0, QueueMs = 0, CpuShare = 0, Overloaded = false }, back);
        Assert.Null(Judge());
    }

    [Fact]
    public void Judge_BetweenOffAndOn_StaysOutButDoesNotBegin()
    {
        Assert.Null(Judge(queueMs: 60));
        Assert.NotNull(Judge(queueMs: 100));
        Assert.NotNull(Judge(queueMs: 60));
        Assert.NotNull(Judge(queueMs: 49));
        Assert.Null(Judge(queueMs: 60));
    }

    [Fact]
    public void Judge_WhatIsNotMeasured_IsUnknown() =>
        Assert.Null(_health.Judge(new HealthFigures(21, null, 0, 0, false))!.ReadLagMs);

    [Fact]
    public async Task HealthWatch_ForcedCollection_IsARecord()
    {
        // Any pause counts, so that one of a small heap does.
        await using var agent = await RunningAgent.StartAsync(options => options with { Health = new HealthLimits { GcPauseMs = new(0.05, 0.05) } });
        await RunningAgent.UntilAsync(() =>
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true);
            return agent.Records(RecordKind.Health).Count > 0;
        }, "a record of the pause");

        var report = HealthReport.FromJson(System.Text.Encoding.UTF8.GetBytes(agent.Records(RecordKind.Health)[0]))!;
        Assert.InRange(report.GcPauseMs!.Value, 0.05, 60_000);
        Assert.NotNull(report.ReadLagMs);
    }

    private HealthReport? Judge(double gcMs = 0, double readMs = 0, double queueMs = 0, double cpu = 0, bool overloaded = false) =>
        _health.Judge(new HealthFigures(gcMs, readMs, queueMs, cpu, overloaded));
}

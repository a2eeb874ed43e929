using System.Reactive.Concurrency;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Tests.Sources;

/// <summary>What a source reports while it is read on real time, oldest first.</summary>
internal sealed class HeardReports : IDisposable
{
    private readonly List<NetworkReport> _all = [];
    private readonly IDisposable _reading;

    public HeardReports(INetworkSource source) =>
        _reading = source.Reports(TaskPoolScheduler.Default).Subscribe(report =>
        {
            lock (_all)
            {
                _all.Add(report);
            }
        });

    public IReadOnlyList<NetworkReport> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>The first report from <paramref name="from"/> on that is as asked for.</summary>
    public Task<NetworkReport> OneAsync(Func<NetworkReport, bool> isRight, string what, int from = 0) => Until.SomeAsync(() => All.Skip(from).FirstOrDefault(isRight), what);

    public void Dispose() => _reading.Dispose();
}

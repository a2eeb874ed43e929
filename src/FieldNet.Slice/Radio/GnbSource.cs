using System.Reactive.Concurrency;
using System.Reactive.Linq;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Radio;

/// <summary>An srsRAN gNB (now OCUDU) that tells its metrics as JSON.</summary>
/// <param name="address"><c>ws://HOST:PORT</c> of its remote control, or <c>udp://ADDRESS:PORT</c> of ours that an older release sends to.</param>
/// <param name="every">Of the reports; the gNB's own period should be the same.</param>
/// <param name="prbTotal">Resource blocks of its cells; without it their share in use is unknown.</param>
public sealed class GnbSource(string name, Uri address, TimeSpan every, int? prbTotal) : INetworkSource
{
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ReaderCounts Counts { get; } = new();

    /// <inheritdoc/>
    public IObservable<NetworkReport> Reports(IScheduler scheduler)
    {
        var silence = TimeSpan.FromTicks(Math.Max(ShortestSilence.Ticks, 3 * every.Ticks));
        return new SourceReports(name, NetworkSourceKind.Gnb, Counts, scheduler).Follow(() => Connect(scheduler), silence);
    }

    private IObservable<NetworkReport> Connect(IScheduler scheduler)
    {
        var reports = new GnbReports(name, prbTotal, every, Counts);
        return (address.Scheme == "udp" ? GnbDatagrams.Receive(address) : GnbWebSocket.Receive(address, Counts))
            .Select(frame => reports.Take(frame, scheduler.Now))
            .Where(report => report is not null)
            .Select(report => report!);
    }
}

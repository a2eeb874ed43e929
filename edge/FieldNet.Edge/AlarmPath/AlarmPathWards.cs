using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Views;

namespace FieldNet.Edge.AlarmPath;

/// <summary>Knows which wards have beds.</summary>
/// <remarks>Threading: fed on the sequencer thread, read on any.</remarks>
internal sealed class AlarmPathWards(IWardViews views, ILogClock clock) : IRecordView, IBatchView
{
    private const long LookEveryUs = 1_000_000;

    private long _lookedUs;
    private int _beds;
    private volatile IReadOnlyList<WardOfBeds> _all = [];

    public IReadOnlyList<WardOfBeds> All => _all;

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record) => Refusal.None;

    /// <inheritdoc/>
    public void BatchEnd()
    {
        var now = clock.NowUs;
        if (now - _lookedUs < LookEveryUs)
        {
            return;
        }

        _lookedUs = now;
        var snapshot = views.Snapshot();
        if (snapshot.Beds.Count != _beds)
        {
            // A bed that is there stays.
            _beds = snapshot.Beds.Count;
            _all = [.. snapshot.Beds.Select(bed => Of(snapshot.Site, bed.Key)).Distinct()];
        }
    }

    /// <param name="key"><c>ward/bed</c> of our own site, <c>site/ward/bed</c> of another.</param>
    private static WardOfBeds Of(string site, string key)
    {
        var ward = key[..key.LastIndexOf('/')];
        var slash = ward.IndexOf('/', StringComparison.Ordinal);
        return new WardOfBeds(slash < 0 ? site : ward[..slash], ward);
    }
}

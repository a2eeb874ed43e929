using FieldNet.Slice.Stamp;
using FieldNet.Telemetry.Network;

namespace FieldNet.Edge.Reports;

/// <summary>Gathers the seconds of a probe into one report.</summary>
/// <remarks>Bounded: percentiles are over the last million round trips. Threading: fed by the sender, read when it has ended.</remarks>
internal sealed class ProbeSummary
{
    private const int MostRoundTrips = 1_000_000;

    private readonly Queue<double> _rttMs = new();
    private long _sent, _received, _there, _back, _reordered, _duplicates;
    private bool _isPlaced;
    private double? _jitterMs, _variationThereMs, _variationBackMs, _offsetMs;
    private double _best = double.PositiveInfinity;

    public void Take(ProbeReport second, IReadOnlyList<double> rttMs)
    {
        (_sent, _received) = (_sent + second.Sent, _received + second.Received);
        (_there, _back) = (_there + (second.LostThere ?? 0), _back + (second.LostBack ?? 0));
        (_reordered, _duplicates) = (_reordered + (second.Reordered ?? 0), _duplicates + (second.Duplicates ?? 0));
        _isPlaced |= second.LostThere is not null;
        _jitterMs = second.JitterMs ?? _jitterMs;
        _variationThereMs = Greater(_variationThereMs, second.VariationThereMs);
        _variationBackMs = Greater(_variationBackMs, second.VariationBackMs);
        foreach (var ms in rttMs)
        {
            _rttMs.Enqueue(ms);
        }

        while (_rttMs.Count > MostRoundTrips)
        {
            _rttMs.Dequeue();
        }

        if (second.RttMinMs < _best)
        {
            (_best, _offsetMs) = (second.RttMinMs.Value, second.OffsetMs);
        }
    }

    public ProbeSendReport Report(StampSenderOptions options, long strays)
    {
        double[] sorted = [.. _rttMs.Order()];
        double? At(double share) => sorted.Length == 0 ? null : Math.Round(Percentile.Of(sorted, share), 4);
        return new ProbeSendReport
        {
            Reflector = options.Reflector.ToString(),
            Authenticated = options.Key is not null,
            Dscp = options.Dscp,
            Sent = _sent,
            Received = _received,
            Lost = _sent - _received,
            LostThere = _isPlaced ? _there : null,
            LostBack = _isPlaced ? _back : null,
            Reordered = _reordered,
            Duplicates = _duplicates,
            Strays = strays,
            RttMs = new ProbeRoundTrips(At(0), At(0.5), At(0.98), At(1)),
            JitterMs = _jitterMs,
            VariationThereMs = _variationThereMs,
            VariationBackMs = _variationBackMs,
            OffsetMs = _offsetMs,
            OffsetUncertaintyMs = sorted.Length == 0 ? null : Math.Round(sorted[0] / 2, 4),
        };
    }

    private static double? Greater(double? a, double? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}

using System.Text.Json;

namespace FieldNet.Slice.Radio;

/// <summary>The link layer's figures of one bearer of one terminal, known by the distributed unit's own number of it.</summary>
/// <remarks>Shape: <c>rlc_metrics</c>, an object; in releases up to 24.10 an array with each bearer in a <c>drb</c>.</remarks>
internal static class RlcFrame
{
    /// <returns>False if the frame is of another kind.</returns>
    public static bool TryTake(JsonElement frame, GnbPeriod period)
    {
        if (frame.Member("rlc_metrics") is not { } metrics)
        {
            return false;
        }

        foreach (var each in metrics.ValueKind == JsonValueKind.Array ? metrics.EnumerateArray().ToArray() : [metrics])
        {
            var bearer = each.Member("drb") ?? each;
            if (bearer.Whole("ue_id") is { } ue)
            {
                period.AddBearer(ue, new BearerCounts(
                    bearer.Member("tx")?.Whole("num_sdus"),
                    bearer.Member("tx")?.Number("sum_sdu_latency_us"),
                    bearer.Member("tx")?.Whole("num_dropped_sdus"),
                    bearer.Member("rx")?.Whole("num_lost_pdus")));
            }
        }

        return true;
    }
}

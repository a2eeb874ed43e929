using System.Text.Json;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Radio;

/// <summary>Turns the frames of a gNB, which come one per layer and period, into one report a second.</summary>
/// <remarks>
/// Clock: none of its own. Threading: single caller. A frame of the scheduler closes the second, so that the other layers' figures of
/// the same second are in its report; a gNB that sends only others gets its report half a period later.
/// Loss: what is malformed is passed over and counted; layers that say nothing of a bed's link (host, executors, fronthaul) are ignored.
/// </remarks>
internal sealed class GnbReports(string source, int? prbTotal, TimeSpan every, ReaderCounts counts)
{
    private readonly GnbPeriod _period = new(prbTotal);
    private DateTimeOffset? _last;

    /// <returns>Null as long as the second goes on.</returns>
    /// <exception cref="NetworkSourceException">The gNB does not take the subscription.</exception>
    public NetworkReport? Take(ReadOnlyMemory<byte> frame, DateTimeOffset now)
    {
        using var read = GnbFrame.TryParse(frame);
        try
        {
            return read is null ? Malformed() : Take(read.RootElement, now);
        }
        catch (InvalidOperationException)
        {
            // A text in it is none: half of a surrogate pair, which the reader of JSON meets only when the text is asked for.
            return Malformed();
        }
    }

    private NetworkReport? Take(JsonElement root, DateTimeOffset now)
    {
        if (IsReply(root))
        {
            return null;
        }

        var isCells = CellsFrame.TryTake(root, _period);
        if (!isCells && !RlcFrame.TryTake(root, _period) && !CuCpFrame.TryTake(root, _period))
        {
            return null;
        }

        _last ??= now - every;
        if (now - _last < (isCells ? 0.9 : 1.5) * every)
        {
            return null;
        }

        _last = now;
        return _period.Close(source);
    }

    private NetworkReport? Malformed()
    {
        counts.CountMalformed();
        return null;
    }

    /// <summary>An answer to a command of ours is no metric.</summary>
    private static bool IsReply(JsonElement root)
    {
        if (root.Text("error") is { } error)
        {
            throw new NetworkSourceException($"it refuses: {error} (metrics: enable_json)");
        }

        return root.Member("cmd") is not null;
    }
}

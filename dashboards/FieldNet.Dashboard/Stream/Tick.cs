using FieldNet.Dashboard.Feed;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>One published state of the ward with what is made of it once for all viewers.</summary>
/// <remarks>
/// Shape: <see cref="Delta"/> is what came since the tick before and is shared; a viewer that missed ticks asks for <see cref="Since"/>.
/// Threading: immutable; any thread.
/// </remarks>
/// <param name="Number">+1 per tick.</param>
/// <param name="PreviousRecord">Record number of the tick before.</param>
/// <param name="Beds">By index.</param>
/// <param name="AgentChangedAt">Number of the tick that brought <paramref name="Agent"/>.</param>
/// <param name="Network">With the number of the tick that brought it.</param>
internal sealed record Tick(
    long Number, long PreviousRecord, WardSnapshot Snapshot, TickBed[] Beds, AgentDto Agent, long AgentChangedAt, WaveStore Waves, TickNetwork Network)
{
    /// <summary>How much of a waveform a viewer gets at once, and how far behind it may fall before it starts anew.</summary>
    public const long WindowUs = 8_000_000;

    private readonly BedDto[] _changed = [.. Beds.Where(bed => bed.ChangedAt == Number).Select(bed => bed.Dto)];
    private readonly double[] _heard = [.. Snapshot.HeardUs.Select(BedTranslation.ToMs)];
    private readonly List<WaveDto>?[] _bedWaves = new List<WaveDto>?[Beds.Length];
    private List<WaveDto>? _wallWaves;

    public long Record => Snapshot.Record;

    public long LogTimeUs => Snapshot.LogTimeUs;

    /// <summary>Everything, with the last seconds of the waveforms.</summary>
    /// <param name="bed">Key of the bed whose waveforms are all watched; null for the wall.</param>
    /// <param name="network">Whether the viewer shows the network.</param>
    public WardFrame Full(long sequence, string? bed, bool network = false) =>
        Frame(sequence, full: true, [.. Beds.Select(each => each.Dto)], ReadWaves(bed, after: 0), Agent, Network, network);

    /// <summary>What this tick brought.</summary>
    public WardFrame Delta(long sequence, string? bed, bool network = false) => Frame(
        sequence, full: false, _changed, SharedWaves(bed), AgentChangedAt == Number ? Agent : null,
        Network.ChangedAt == Number ? Network : null, network);

    /// <summary>What this tick and those between brought, each bed once, as it is now.</summary>
    public WardFrame Since(Tick last, long sequence, string? bed, bool network = false) => Frame(
        sequence, full: false, [.. Beds.Where(each => each.ChangedAt > last.Number).Select(each => each.Dto)], ReadWaves(bed, last.Record),
        AgentChangedAt > last.Number ? Agent : null, Network.ChangedAt > last.Number ? Network : null, network);

    private WardFrame Frame(
        long sequence, bool full, IReadOnlyList<BedDto> beds, List<WaveDto> waves, AgentDto? agent, TickNetwork? news, bool network) => new(
        sequence, Record, BedTranslation.ToMs(LogTimeUs), full, Snapshot.Site, beds, _heard, waves, agent, news?.Incidents, news?.Watchdogs,
        network ? news?.Whole : null);

    // Two viewers may build the same list at once; either serves.
    private List<WaveDto> SharedWaves(string? bed)
    {
        if (bed is null)
        {
            return _wallWaves ??= ReadWaves(null, PreviousRecord);
        }

        var index = IndexOf(bed);
        return index < 0 ? [] : _bedWaves[index] ??= ReadWaves(bed, PreviousRecord);
    }

    private List<WaveDto> ReadWaves(string? bed, long after)
    {
        var pieces = new List<WaveDto>();
        foreach (var each in Beds)
        {
            var names = bed is null ? each.Wall : each.Dto.Key == bed ? each.Waves : [];
            foreach (var name in names)
            {
                Waves.Find(name)?.Read(after, Record, LogTimeUs - WindowUs, each.Dto.Index, pieces);
            }
        }

        return pieces;
    }

    private int IndexOf(string bed) => Array.FindIndex(Beds, each => each.Dto.Key == bed);
}

using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Radio;

/// <summary>What a gNB has said since the last report: gauges are the newest, counts are added up.</summary>
/// <remarks>Threading: single caller. Bounds: those of <see cref="ReportLimits"/>, whatever comes in.</remarks>
/// <param name="prbTotal">Resource blocks of each of its cells; null unknown.</param>
internal sealed class GnbPeriod(int? prbTotal)
{
    /// <summary>What is kept before the newest is not taken any more; a report holds fewer.</summary>
    private const int Most = 4 * ReportLimits.RadioUes;

    private readonly SortedDictionary<uint, CellFacts> _cells = [];
    private readonly SortedDictionary<(uint Pci, uint Rnti), (RadioUeFacts Newest, long? Number, BlockCounts Blocks)> _ues = [];
    private readonly Dictionary<long, BearerCounts> _bearers = [];
    private readonly SortedDictionary<(string Name, string Of), double> _measures = [];
    private readonly List<RadioUeEvent> _events = [];
    private bool _hasCells;

    public int? PrbTotal => prbTotal;

    /// <summary>The gNB says that it has an AMF; null until it says anything of that.</summary>
    public bool? AmfConnected { get; set; }

    public void Add(CellFacts cell)
    {
        _hasCells = true;
        if (_cells.TryGetValue(cell.Pci, out var before))
        {
            cell = cell with
            {
                FailedPdcchAllocations = BlockCounts.Sum(before.FailedPdcchAllocations, cell.FailedPdcchAllocations),
                FailedUciAllocations = BlockCounts.Sum(before.FailedUciAllocations, cell.FailedUciAllocations),
                Msg3Failed = BlockCounts.Sum(before.Msg3Failed, cell.Msg3Failed),
                ErrorIndications = BlockCounts.Sum(before.ErrorIndications, cell.ErrorIndications),
                LateHarqs = BlockCounts.Sum(before.LateHarqs, cell.LateHarqs),
            };
        }

        Put(_cells, cell.Pci, cell);
    }

    /// <param name="number">The unit's own number of the terminal, which its bearers are known by.</param>
    public void Add(RadioUeFacts ue, long? number, BlockCounts blocks)
    {
        _hasCells = true;
        var before = _ues.TryGetValue((ue.Pci, ue.Rnti), out var known) ? known.Blocks : default;
        Put(_ues, (ue.Pci, ue.Rnti), (ue, number, before + blocks));
    }

    public void Add(RadioUeEvent what)
    {
        if (_events.Count < Most)
        {
            _events.Add(what);
        }
    }

    public void AddBearer(long ue, BearerCounts counts) => Put(_bearers, ue, _bearers.GetValueOrDefault(ue) + counts);

    /// <param name="value">Null changes nothing.</param>
    public void Set(string name, string of, double? value)
    {
        if (value is { } number)
        {
            Put(_measures, (name, of), Math.Round(number, 3));
        }
    }

    /// <summary>The report of the period, and begins the next.</summary>
    public NetworkReport Close(string source)
    {
        var (cells, cellsOut) = ReportLimits.Keep(_cells.Values, ReportLimits.Cells);
        var (ues, uesOut) = ReportLimits.Keep(_ues.Values.Select(Facts).ToList(), ReportLimits.RadioUes);
        var (events, eventsOut) = ReportLimits.Keep(_events, ReportLimits.RadioEvents);
        var (measures, measuresOut) = ReportLimits.Keep(_measures.Select(each => new NetworkMeasure(each.Key.Name, each.Key.Of, each.Value)).ToList(), ReportLimits.Measures);
        var leftOut = cellsOut + uesOut + eventsOut + measuresOut;
        var report = new NetworkReport
        {
            Source = source,
            Kind = NetworkSourceKind.Gnb,
            Cells = cells.Count > 0 ? cells : null,
            RadioUes = _hasCells ? ues : null,
            RadioEvents = events.Count > 0 ? events : null,
            AmfConnected = AmfConnected,
            Measures = measures.Count > 0 ? measures : null,
            LeftOut = leftOut > 0 ? leftOut : null,
        };
        (_hasCells, AmfConnected) = (false, null);
        _cells.Clear();
        _ues.Clear();
        _bearers.Clear();
        _measures.Clear();
        _events.Clear();
        return report;
    }

    private RadioUeFacts Facts((RadioUeFacts Newest, long? Number, BlockCounts Blocks) ue)
    {
        var bearers = ue.Number is { } number ? _bearers.GetValueOrDefault(number) : default;
        return ue.Newest with
        {
            DlBlockErrorShare = ue.Blocks.DlErrorShare,
            UlBlockErrorShare = ue.Blocks.UlErrorShare,
            DlQueueDelayMs = bearers.DelayMs,
            DlPacketsDropped = bearers.Dropped,
            UlPiecesLost = bearers.Lost,
        };
    }

    private static void Put<TKey, TValue>(IDictionary<TKey, TValue> into, TKey key, TValue value)
    {
        if (into.Count < Most || into.ContainsKey(key))
        {
            into[key] = value;
        }
    }
}

using FieldNet.History.Points;
using FieldNet.Telemetry.Signals;
using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>Every series that the history knows, and the numbers under which it stores devices and series.</summary>
/// <remarks>
/// Threading: one writer, the keeper's thread; whoever else looks holds <see cref="Gate"/>, and so does the writer when it changes anything.
/// A new series has its number at once; it is stored with its first block.
/// </remarks>
internal sealed class SeriesCatalog
{
    private readonly Dictionary<Series, KeptSeries> _byObject = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(int Device, string Signal), KeptSeries> _byName = [];
    private readonly Dictionary<(string, string, string, string), int> _devices = [];
    private readonly List<KeptSeries> _all = [];
    private int _storedDevices;

    public SeriesCatalog(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT s.id, d.id, d.site, d.ward, d.bed, d.device, s.signal, s.first_us, s.last_us
            FROM series s JOIN device d ON d.id = s.device ORDER BY s.id
            """;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            // A name that this process can't know any more (too many private ones) can't be asked for either; its number stays taken.
            var signal = SignalTable.Find(rows.GetString(6)) ?? Unknown(rows.GetString(6));
            var series = new Series(rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), signal);
            Add(new KeptSeries(rows.GetInt32(0), rows.GetInt32(1), series) { FirstUs = rows.GetInt64(7), LastUs = rows.GetInt64(8) });
            _devices[(series.Site, series.Ward, series.Bed, series.Device)] = rows.GetInt32(1);
        }

        Stored();
    }

    public Lock Gate { get; } = new();

    public IReadOnlyList<KeptSeries> All => _all;

    /// <summary>The series, new if need be. The keeper's thread.</summary>
    public KeptSeries Of(Series series)
    {
        if (_byObject.TryGetValue(series, out var kept))
        {
            return kept;
        }

        var name = (series.Site, series.Ward, series.Bed, series.Device);
        if (!_devices.TryGetValue(name, out var device))
        {
            _devices.Add(name, device = _devices.Count + 1);
        }

        if (!_byName.TryGetValue((device, series.Signal.Id), out kept))
        {
            kept = new KeptSeries(_all.Count + 1, device, series);
            lock (Gate)
            {
                Add(kept);
            }
        }

        _byObject.Add(series, kept);
        return kept;
    }

    /// <summary>Stores what is new, and from when to when there are values. Within the caller's transaction.</summary>
    public void Store(SqliteConnection connection, IEnumerable<KeptSeries> touched)
    {
        using var device = connection.CreateCommand();
        device.CommandText = "INSERT INTO device VALUES ($id, $site, $ward, $bed, $device) ON CONFLICT DO NOTHING";
        using var series = connection.CreateCommand();
        series.CommandText = """
            INSERT INTO series VALUES ($id, $device, $signal, $first, $last)
            ON CONFLICT (id) DO UPDATE SET first_us = $first, last_us = $last
            """;
        foreach (var kept in touched)
        {
            if (kept.Device > _storedDevices)
            {
                Run(device, ("$id", kept.Device), ("$site", kept.Series.Site), ("$ward", kept.Series.Ward), ("$bed", kept.Series.Bed), ("$device", kept.Series.Device));
            }

            Run(series, ("$id", kept.Id), ("$device", kept.Device), ("$signal", kept.Series.Signal.Id), ("$first", kept.FirstUs), ("$last", kept.LastUs));
        }
    }

    /// <summary>The transaction is committed: what it stored need not be stored again.</summary>
    public void Stored() => _storedDevices = _devices.Count;

    private void Add(KeptSeries kept)
    {
        _all.Add(kept);
        _byName[(kept.Device, kept.Series.Signal.Id)] = kept;
    }

    private static Signal Unknown(string id) => new()
    {
        Id = id, Code = 0, Kind = SignalKind.Unknown, Unit = "", LabelEn = id, LabelFr = id, IsStandard = false,
    };

    private static void Run(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}

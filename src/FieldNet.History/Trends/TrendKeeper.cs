using FieldNet.History.Points;
using FieldNet.Telemetry.Records;
using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>Keeps the numbers of the log as trends.</summary>
/// <remarks>
/// What is not in a block yet is in memory, where queries see it, and in the log, which is its durable form: <see cref="Through"/> moves
/// only with the blocks, in one transaction, together with what <see cref="NumericPoints"/> knows at that record. So a quarter of an
/// hour is written once, and after <c>kill -9</c> its records are read again and give the same points.
/// Threading: one caller. Memory: at most <see cref="MaxOpenPoints"/> points, beyond them a cut is made at the next keeping.
/// Loss: none while the log still has what lies behind <see cref="Through"/>.
/// </remarks>
public sealed class TrendKeeper : IRecordKeeper, IPointSink, IDisposable
{
    /// <summary>About 50 MB.</summary>
    private const int MaxOpenPoints = 2_000_000;

    private const string Mark = "trends";

    /// <summary>What was measured before the end of a span has come by then, as a rule; what has not is merged in later.</summary>
    private const long GraceUs = 15_000_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly SqliteConnection _connection;
    private readonly BlockCut _cut;
    private readonly NumericPoints _points = new();
    private readonly TrendRetention _retention;
    private readonly TimeProvider _time;
    private int _open;
    private long _taken;
    private long _logTimeUs;
    private long _nextCutUs;
    private long _tooOld;
    private string? _fault;

    /// <param name="path">Of the file; made when it is not there.</param>
    /// <exception cref="SqliteException">The file can't be used.</exception>
    /// <exception cref="InvalidDataException">It is of a newer version, or damaged.</exception>
    public TrendKeeper(string path, TrendRetention retention, TimeProvider time)
    {
        (_retention, _time, Path) = (retention, time, path);
        _connection = HistoryFile.OpenToWrite(path);
        try
        {
            Catalog = new SeriesCatalog(_connection);
            _cut = new BlockCut(_connection, Catalog);
            (Through, var state) = ReadMark();
            _taken = Through;
            if (state is not null)
            {
                _points.Restore(state);
            }
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <inheritdoc/>
    /// <remarks>Threading: any may read it.</remarks>
    public long Through { get; private set => Volatile.Write(ref field, value); }

    /// <summary>Why nothing can be stored now; null when all is well. Any thread.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>Values that came for a time of which nothing is kept any more. Any thread.</summary>
    public long TooOld => Volatile.Read(ref _tooOld);

    /// <summary>Values kept since the start, the doubles not counted. Any thread.</summary>
    public long Kept => _cut.Kept;

    internal SeriesCatalog Catalog { get; }

    /// <inheritdoc/>
    public void Take(in LogRecord record)
    {
        _logTimeUs = record.LogTimeUs;
        _taken = record.Number;
        _points.Read(record, this);
    }

    /// <inheritdoc/>
    public void Add(Series series, long timeUs, double value, bool isLate)
    {
        if (timeUs < _retention.OldestUs(Resolution.Full, _logTimeUs))
        {
            Interlocked.Increment(ref _tooOld);
            return;
        }

        var kept = Catalog.Of(series);
        lock (Catalog.Gate)
        {
            kept.Add(new TrendPoint(timeUs, value, isLate));
        }

        _open++;
    }

    /// <inheritdoc/>
    /// <remarks>Cuts blocks once a span of log time is over; until then it does nothing, and <see cref="Through"/> stays.</remarks>
    public async ValueTask KeepAsync(long through, CancellationToken cancellation)
    {
        if (_nextCutUs == 0)
        {
            _nextCutUs = NextCut();
        }

        if (_logTimeUs < _nextCutUs && _open < MaxOpenPoints)
        {
            return;
        }

        while (!TryCut(through))
        {
            await Task.Delay(RetryAfter, _time, cancellation).ConfigureAwait(false);
        }

        _nextCutUs = NextCut();
    }

    /// <summary>Cuts what is open; when the file can't take it, the log still has it.</summary>
    public void Dispose()
    {
        if (_taken > Through)
        {
            TryCut(_taken);
        }

        HistoryFile.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        _cut.Dispose();
        _connection.Dispose();
    }

    private long NextCut() => Resolution.Full.SpanOf(_logTimeUs - GraceUs) + Resolution.Full.SpanUs + GraceUs;

    /// <returns>False when the disk did not take it: nothing has changed then.</returns>
    private bool TryCut(long through)
    {
        try
        {
            using (var transaction = HistoryTransaction.ToWrite(_connection))
            {
                var touched = _cut.Write(_retention, _logTimeUs);
                WriteMark(through);
                lock (Catalog.Gate)
                {
                    // Whoever looks sees a point in memory or in a block, never in both or none.
                    transaction.Commit();
                    touched.ForEach(series => series.Open.Clear());
                }
            }

            Catalog.Stored();
            (Through, _open) = (through, 0);
            Volatile.Write(ref _fault, null);
            HistoryFile.Execute(_connection, "PRAGMA wal_checkpoint(PASSIVE)");
            return true;
        }
        catch (SqliteException fault) when (HistoryFault.Passes(fault))
        {
            Volatile.Write(ref _fault, fault.Message);
            return false;
        }
    }

    private (long Through, byte[]? State) ReadMark()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT through, state FROM mark WHERE name = $name";
        command.Parameters.AddWithValue("$name", Mark);
        using var rows = command.ExecuteReader();
        return rows.Read() ? (rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetFieldValue<byte[]>(1)) : (0, null);
    }

    private void WriteMark(long through)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO mark VALUES ($name, $through, $state) ON CONFLICT DO UPDATE SET through = $through, state = $state";
        command.Parameters.AddWithValue("$name", Mark);
        command.Parameters.AddWithValue("$through", through);
        command.Parameters.AddWithValue("$state", _points.Save());
        command.ExecuteNonQuery();
    }
}

using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>One series as of one moment: its blocks in the file, and what is open.</summary>
/// <remarks>Made under the catalogue's gate, so that a cut is seen whole or not at all; read outside of it.</remarks>
internal sealed class HistoryLook : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly HistoryTransaction _moment;
    private readonly BlockTable _blocks;

    /// <param name="connection">Disposed with this.</param>
    public HistoryLook(SqliteConnection connection, KeptSeries series, long fromUs, long toUs)
    {
        (_connection, Series) = (connection, series);
        _moment = HistoryTransaction.ToRead(connection);
        _blocks = new BlockTable(connection);

        // The first read fixes what the transaction sees.
        HistoryFile.Scalar(connection, "SELECT 1 FROM mark");
        Open = [.. series.Open.Where(point => point.TimeUs >= fromUs && point.TimeUs < toUs).OrderBy(point => point.TimeUs)];
    }

    public KeptSeries Series { get; }

    /// <summary>Points in no block yet, in order of time.</summary>
    public List<TrendPoint> Open { get; }

    public IEnumerable<byte[]> Blocks(Resolution resolution, long fromUs, long toUs) =>
        _blocks.Read(resolution, Series.Device, fromUs, toUs).Select(block => block.Data);

    public void Dispose()
    {
        _blocks.Dispose();
        _moment.Dispose();
        _connection.Dispose();
    }
}

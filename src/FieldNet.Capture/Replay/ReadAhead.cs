using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Replay;

/// <summary>Reads a source on a thread of its own, a few batches ahead: files, checksums and topics cost the processor's thread nothing.</summary>
/// <remarks>
/// Queue: four batches of 256 KiB; when they are full the reading waits. The records and their order are the source's.
/// Threading: one consumer. Lifetime: disposing ends the thread and disposes the source. Errors: the source's come out of <see cref="TryRead"/>.
/// </remarks>
public sealed class ReadAhead : IReplaySource
{
    private const int Batches = 4;

    private readonly BlockingCollection<RecordBatch> _full = new(Batches);
    private readonly BlockingCollection<RecordBatch> _free = new(Batches);
    private readonly IReplaySource _source;
    private readonly Thread _thread;
    private RecordBatch? _batch;
    private ExceptionDispatchInfo? _fault;
    private int _at;

    public ReadAhead(IReplaySource source)
    {
        _source = source;
        for (var i = 0; i < Batches; i++)
        {
            _free.Add(new RecordBatch());
        }

        _thread = new Thread(Run) { Name = "fieldnet-read-ahead", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public double Done { get; private set; }

    /// <summary>Of the source; to be asked for at the end.</summary>
    public int Quarantined => _full.IsCompleted ? _source.Quarantined : 0;

    /// <summary>Of the source; to be asked for at the end.</summary>
    public IReadOnlyList<string> Remarks => _full.IsCompleted ? _source.Remarks : [];

    /// <inheritdoc/>
    public bool Holds(RecordKind kind) => _source.Holds(kind);

    /// <inheritdoc/>
    public bool TryRead(out LogRecord record)
    {
        if (_batch is null || _at == _batch.Count)
        {
            if (!TryTurn())
            {
                record = default;
                return false;
            }
        }

        record = _batch![_at++];
        return true;
    }

    public void Dispose()
    {
        // The thread fills what is free, then ends; it never waits for room, since no more batches are about than fit.
        _free.CompleteAdding();
        _thread.Join();
        _source.Dispose();
        _full.Dispose();
        _free.Dispose();
    }

    private bool TryTurn()
    {
        if (_batch is not null)
        {
            _batch.Clear();
            _free.Add(_batch);
            _batch = null;
        }

        if (!_full.TryTake(out _batch, Timeout.Infinite))
        {
            _fault?.Throw();
            return false;
        }

        (_at, Done) = (0, _batch.Done);
        return true;
    }

    private void Run()
    {
        try
        {
            Fill();
        }
        catch (Exception fault)
        {
            // Whatever it is, the consumer's thread is where it can be said.
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
        finally
        {
            _full.CompleteAdding();
        }
    }

    private void Fill()
    {
        if (!_free.TryTake(out var batch, Timeout.Infinite))
        {
            return;
        }

        try
        {
            while (_source.TryRead(out var record))
            {
                if (!batch.HasRoomFor(record))
                {
                    Pass(batch);
                    if (!_free.TryTake(out batch, Timeout.Infinite))
                    {
                        return;
                    }
                }

                batch.Add(record);
            }
        }
        finally
        {
            // What was read before a fault is good.
            if (batch is { Count: > 0 })
            {
                Pass(batch);
            }
        }
    }

    private void Pass(RecordBatch batch)
    {
        batch.Done = _source.Done;
        _full.Add(batch);
    }
}

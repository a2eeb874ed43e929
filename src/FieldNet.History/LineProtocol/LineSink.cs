namespace FieldNet.History.LineProtocol;

/// <summary>Keeps a time-series server up to date with the log: live data at once, whatever they have overtaken behind them, at a bounded rate.</summary>
/// <remarks>
/// Loss: none; what the server has for good is in the ledger, and everything else is read from the log again, however long it was away.
/// Doubles: none; a repetition has the same series and time (<see cref="SendPosition"/>).
/// Bounded: one batch in memory, and <see cref="MaxRanges"/> pieces of backlog; beyond them live data wait in their order.
/// Threading: one loop, one request at a time, so that live data never wait for more than one batch.
/// </remarks>
public sealed class LineSink : IDisposable
{
    private const int MaxRanges = 100;

    /// <summary>Live batches before the ledger, the events and the backlog have their turn.</summary>
    private const int LiveTurns = 20;

    /// <summary>So often in a row the server fell over the same lines: they may be why.</summary>
    private const int ServerErrorsBeforeDoubt = 5;

    private readonly LineSinkOptions _options;
    private readonly LineClient _client;
    private readonly ICommittedLog _log;
    private readonly TimeProvider _time;
    private readonly Func<double> _random01;
    private readonly SendLedger _ledger;
    private readonly BatchDelivery _delivery;
    private readonly LineBatch _batch = new();
    private readonly SendCursor _events;
    private readonly SendCursor _live;
    private readonly List<SendCursor> _backlog;
    private readonly Action<SinkStatus> _changed;
    private readonly long _startedAt;
    private readonly long _startedUs;
    private string? _serverStart;
    private int _connections = -1;
    private int _failures;
    private bool _isDatabaseNew;
    private long _toldRejected;
    private TimeSpan _provenAt;
    private TimeSpan _savedAt;
    private TimeSpan _backlogMayGoAt;
    private volatile SinkStatus _status;

    /// <param name="random01">Of the waits between tries.</param>
    /// <param name="changed">Told when the state has changed, when the server has refused points for good, and when the place before which records are not needed any more is committed.</param>
    /// <exception cref="InvalidDataException">The ledger can't be read; the message says what to do.</exception>
    public LineSink(LineSinkOptions options, LineClient client, ICommittedLog log, TimeProvider time, Func<double> random01, Action<SinkStatus> changed)
    {
        (_options, _client, _log, _time, _random01, _changed) = (options, client, log, time, random01, changed);
        (_ledger, _delivery) = (new SendLedger(options.Ledger), new BatchDelivery(client));
        (_startedAt, _startedUs) = (time.GetTimestamp(), log.NowUs);
        var state = _ledger.Load();
        _events = new SendCursor(state.Events, long.MaxValue, from => new EventLines(options.Events, from, _batch));
        _live = new SendCursor(state.Live, long.MaxValue, Records);
        _backlog = [.. state.Backlog.Select(range => new SendCursor(range.After, range.Through, Records))];
        _status = new SinkStatus(SinkState.Starting, 0, 0, 0, 0, KeepFrom, null);
    }

    /// <summary>May be read on any thread.</summary>
    public SinkStatus Status => _status;

    private long KeepFrom => _backlog.Select(range => range.Kept.Number).Append(_live.Kept.Number).Min() + 1;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>Sends until stopped.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the ledger is written.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var wait = await TurnAsync(stopping).ConfigureAwait(false);
                await Task.Delay(wait, _time, stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            Save();
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        _live.Dispose();
        _backlog.ForEach(range => range.Dispose());
    }

    /// <returns>How long until there may be something to do.</returns>
    internal async Task<TimeSpan> TurnAsync(CancellationToken stopping)
    {
        var (more, liveHasMore) = (false, true);
        var refusal = _client.Connections == _connections && _failures == 0 ? null : await CheckServerAsync(stopping).ConfigureAwait(false);
        if (refusal is null)
        {
            JumpIfBehind();
            refusal = await SendAsync(_events, full => more = full, stopping).ConfigureAwait(false);
        }

        for (var turn = 0; refusal is null && liveHasMore && turn < LiveTurns; turn++)
        {
            refusal = await SendAsync(_live, full => liveHasMore = full, stopping).ConfigureAwait(false);
        }

        refusal ??= await SendBacklogAsync(stopping).ConfigureAwait(false);
        if (refusal is { Verdict: WriteVerdict.NoDatabase } && await MadeDatabaseAsync(stopping).ConfigureAwait(false))
        {
            return TimeSpan.Zero;
        }

        var wait = refusal is null ? UntilNext(more || liveHasMore) : BackOff.After(++_failures, refusal.RetryAfter, _random01());
        Settle();
        if (Now - _savedAt >= _options.SaveEvery)
        {
            Save();
        }

        Report(refusal);
        return wait;
    }

    private RecordLines Records(SendPosition from) => new(_log, from, _options.Waves, _batch);

    /// <summary>What lies too far back is put aside as backlog, and live goes on at the end of the log.</summary>
    /// <remarks>
    /// Only when the server answers, or a long outage would make many pieces. The ledger has it before anything newer is sent: the clocks with which that is dated must be the same after a crash.
    /// </remarks>
    private void JumpIfBehind()
    {
        var (kept, to) = (_live.Kept, _log.Committed);
        if (_live.Sent.Number >= to || _log.NowUs - _live.Sent.TimeUs < (long)_options.JumpAfter.TotalMicroseconds)
        {
            return;
        }

        var target = kept with { Number = to, TimeUs = _log.NowUs };
        if (_backlog.LastOrDefault() is { } last && last.Through == kept.Number && !last.IsSent && _live.IsUntouched)
        {
            if (_ledger.TrySave(State(target, last, to)))
            {
                last.Extend(to);
                _live.Jump(target);
            }
        }
        else if (_backlog.Count < MaxRanges)
        {
            var range = new SendCursor(kept, to, Records);
            _backlog.Add(range);
            if (_ledger.TrySave(State(target, range, to)))
            {
                _live.Jump(target);
            }
            else
            {
                _backlog.Remove(range);
            }
        }
    }

    /// <returns>Null, or the answer because of which the server must be left alone.</returns>
    private async Task<WriteReply?> SendAsync(SendCursor cursor, Action<bool> hasMore, CancellationToken stopping)
    {
        _batch.Clear();
        var isFull = cursor.Fill();
        hasMore(isFull);
        if (_batch.Count > 0)
        {
            var asked = Now;
            if (await _delivery.DeliverAsync(_batch, cursor.ServerErrors >= ServerErrorsBeforeDoubt, stopping).ConfigureAwait(false) is { } refusal)
            {
                cursor.NoteRefused(refusal);
                return refusal;
            }

            (_failures, _isDatabaseNew) = (0, false);
            _provenAt = _client.Connections == _connections ? asked : _provenAt;
            _status = _status with { Points = _status.Points + _delivery.Stored, Rejected = _status.Rejected + _delivery.Rejected };
        }

        cursor.NoteSent(!isFull, _batch.Count > 0, Now);
        return null;
    }

    private async Task<WriteReply?> SendBacklogAsync(CancellationToken stopping)
    {
        if (_backlog.Find(range => !range.IsSent) is not { } next || Now < _backlogMayGoAt)
        {
            return null;
        }

        var refusal = await SendAsync(next, static _ => { }, stopping).ConfigureAwait(false);
        _backlogMayGoAt = Now + TimeSpan.FromSeconds((double)_batch.Count / _options.BacklogPointsPerSecond);
        return refusal;
    }

    private TimeSpan UntilNext(bool more)
    {
        var untilBacklog = _backlog.Exists(range => !range.IsSent) ? _backlogMayGoAt - Now : _options.Poll;
        return more || untilBacklog < TimeSpan.Zero ? TimeSpan.Zero : untilBacklog < _options.Poll ? untilBacklog : _options.Poll;
    }

    /// <returns>True when the server says so, and did not say so in vain the last time.</returns>
    private async Task<bool> MadeDatabaseAsync(CancellationToken stopping)
    {
        _isDatabaseNew = !_isDatabaseNew && await _client.TryCreateDatabaseAsync(stopping).ConfigureAwait(false);
        return _isDatabaseNew;
    }

    /// <summary>A new connection, or a failure: is the server there, and still the one that it was?</summary>
    private async Task<WriteReply?> CheckServerAsync(CancellationToken stopping)
    {
        var (before, asked) = (_serverStart, Now);
        var (start, silence) = await _client.StartedAsync(stopping).ConfigureAwait(false);
        if (start is null)
        {
            return WriteReply.Silence(silence!);
        }

        _connections = _client.Connections;
        _serverStart = start.Length > 0 ? start : before;
        if (before is null || start.Length == 0 || before == start)
        {
            _provenAt = asked;
            return null;
        }

        foreach (var cursor in _backlog.Append(_live).Append(_events))
        {
            cursor.Rewind();
        }

        return null;
    }

    /// <summary>A server that does not say when it started stores what it acknowledges; another must be proven to have lived on long after.</summary>
    private void Settle()
    {
        var sentBy = _serverStart is null ? TimeSpan.MaxValue : _provenAt - _options.Settle;
        foreach (var cursor in _backlog.Append(_live).Append(_events))
        {
            cursor.Settle(sentBy);
        }

        foreach (var range in _backlog.FindAll(range => range.IsKept))
        {
            range.Dispose();
            _backlog.Remove(range);
        }
    }

    private void Save()
    {
        var keepFrom = KeepFrom;
        _savedAt = Now;
        if (_ledger.TrySave(State(_live.Kept, null, 0)) && keepFrom != _status.KeepFrom)
        {
            _status = _status with { KeepFrom = keepFrom };
            _changed(_status);
        }
    }

    /// <param name="changed">This range counts as reaching up to <paramref name="through"/>.</param>
    private SendState State(SendPosition live, SendCursor? changed, long through) =>
        new(live, [.. _backlog.Select(range => new BacklogRange(range.Kept, range == changed ? through : range.Through))], _events.Kept);

    private void Report(WriteReply? refusal)
    {
        var before = _status.State;
        var backlog = _backlog.Sum(range => range.Through - range.Sent.Number);
        _status = _status with
        {
            State = refusal?.Verdict switch
            {
                WriteVerdict.NotLetIn or WriteVerdict.NoDatabase => SinkState.Refused,
                not null => SinkState.Waiting,
                null => backlog > 0 ? SinkState.CatchingUp : SinkState.Live,
            },
            // Nothing sent yet: as old as we are.
            LagUs = _live.Sent.Number < _log.Committed ? Math.Max(0, _log.NowUs - Math.Max(_live.Sent.TimeUs, _startedUs)) : 0,
            Backlog = backlog,
            Reason = refusal?.Reason ?? _delivery.Refusal,
        };
        if (_status.State != before || _status.Rejected != _toldRejected)
        {
            _toldRejected = _status.Rejected;
            _changed(_status);
        }
    }
}

namespace FieldNet.History.LineProtocol;

/// <summary>How far one stream (the live one, a piece of the backlog, the events) has come, and how far for good.</summary>
/// <remarks>
/// What was sent is kept for good once the server is known to have outlived it by the settling time: VictoriaMetrics answers
/// seconds before it has a point on disk. Until then <see cref="Rewind"/> sends it again.
/// Bounded: one mark for each second of the settling time. Threading: one thread.
/// </remarks>
internal sealed class SendCursor(SendPosition kept, long through, Func<SendPosition, ILineSource> open) : IDisposable
{
    private readonly LinkedList<Mark> _marks = [];
    private ILineSource? _source;

    /// <summary>Where a restart, ours or the server's, begins again.</summary>
    public SendPosition Kept { get; private set; } = kept;

    public SendPosition Sent { get; private set; } = kept;

    /// <summary>Nothing behind this is its own; <see cref="long.MaxValue"/> when it has no end.</summary>
    public long Through { get; private set; } = through;

    /// <summary>How often in a row the server fell over its next lines.</summary>
    public int ServerErrors { get; private set; }

    /// <summary>Since it began here, nothing can have reached the server.</summary>
    public bool IsUntouched { get; private set; }

    public bool IsSent => Sent.Number >= Through;

    public bool IsKept => Kept.Number >= Through;

    /// <returns>True when there is more than one batch holds.</returns>
    public bool Fill() => (_source ??= open(Sent)).Fill(Through);

    /// <summary>What was filled is with the server.</summary>
    /// <param name="isAll">There was nothing more: with an end, that is reached.</param>
    /// <param name="anyLines">Without any there is nothing that the server could lose.</param>
    public void NoteSent(bool isAll, bool anyLines, TimeSpan now)
    {
        ServerErrors = 0;
        IsUntouched &= !anyLines;
        var position = _source!.Position;
        Sent = isAll && Through != long.MaxValue ? position with { Number = Through } : position;
        if (_marks.Last is not { } last)
        {
            Kept = anyLines ? Kept : Sent;
        }
        else if (!anyLines || now - last.Value.Begun < TimeSpan.FromSeconds(1))
        {
            last.Value = last.Value with { Position = Sent, SentAt = anyLines ? now : last.Value.SentAt };
            return;
        }

        if (anyLines)
        {
            _marks.AddLast(new Mark(Sent, now, now));
        }
    }

    /// <summary>Keeps for good what was sent by then.</summary>
    public void Settle(TimeSpan sentBy)
    {
        while (_marks.First is { } first && first.Value.SentAt <= sentBy)
        {
            Kept = first.Value.Position;
            _marks.RemoveFirst();
        }
    }

    /// <summary>What was filled did not arrive: the next fill begins there again.</summary>
    public void NoteRefused(WriteReply refusal)
    {
        ServerErrors = refusal.IsServerError ? ServerErrors + 1 : 0;
        IsUntouched &= refusal.Status is not (0 or 500);
        Close();
    }

    /// <summary>What is not kept for good may be lost: the next fill begins behind what is.</summary>
    public void Rewind()
    {
        Close();
        _marks.Clear();
        Sent = Kept;
    }

    /// <summary>Begins anew elsewhere.</summary>
    public void Jump(SendPosition to)
    {
        Kept = to;
        Rewind();
        IsUntouched = true;
    }

    /// <summary>Takes in what follows, of which nothing was sent yet.</summary>
    public void Extend(long through) => Through = through;

    public void Dispose() => Close();

    private void Close()
    {
        _source?.Dispose();
        _source = null;
    }

    /// <param name="Begun">When the first lines of it were sent.</param>
    /// <param name="SentAt">When the last lines of it were sent.</param>
    private readonly record struct Mark(SendPosition Position, TimeSpan Begun, TimeSpan SentAt);
}

namespace FieldNet.History.LineProtocol;

/// <summary>Brings one batch to the server: halves what is too large, and finds by halving the lines that it will never take.</summary>
/// <remarks>Loss: a line that the server refuses for good is counted, never sent again, and never stops another. Threading: one caller at a time.</remarks>
internal sealed class BatchDelivery(LineClient client)
{
    /// <summary>So many lines refused one by one, and not one taken: the fault is not in the lines.</summary>
    private const int LinesBeforeGivingUp = 16;

    private int _refusedAlone;
    private int _suspects;
    private bool _anyTaken;

    /// <summary>Lines stored by the last delivery.</summary>
    public int Stored { get; private set; }

    /// <summary>Lines refused for good by the last delivery.</summary>
    public int Rejected { get; private set; }

    /// <summary>Why the server last refused lines for good; null before it did.</summary>
    public string? Refusal { get; private set; }

    /// <param name="inDoubt">The server fell over this batch (500) again and again: look for the lines that it falls over, and drop those, but only if it takes others.</param>
    /// <returns>
    /// Null when every line is stored or refused for good; else the answer that says why not, and all lines must come again:
    /// storing one twice changes nothing.
    /// </returns>
    public async Task<WriteReply?> DeliverAsync(LineBatch batch, bool inDoubt, CancellationToken cancellation)
    {
        (Stored, Rejected, _refusedAlone, _suspects, _anyTaken) = (0, 0, 0, 0, false);
        WriteReply? fell = null;
        var parts = new Stack<(int First, int Count)>();
        parts.Push((0, batch.Count));
        while (parts.TryPop(out var part))
        {
            var reply = await client.WriteAsync(batch.Gzip(part.First, part.Count), cancellation).ConfigureAwait(false);
            switch (reply.Verdict)
            {
                case WriteVerdict.Stored:
                    Take(part.Count, 0, null);
                    break;
                case WriteVerdict.PartlyStored:
                    Take(part.Count, Math.Min(reply.Rejected, part.Count), reply.Reason);
                    break;
                case WriteVerdict.Later when inDoubt && reply.IsServerError && part.Count == 1:
                    (fell, _suspects) = (reply, _suspects + 1);
                    break;
                case WriteVerdict.TooLarge or WriteVerdict.Refused or WriteVerdict.Later when part.Count > 1 && MayHalve(reply, inDoubt):
                    var half = part.Count / 2;
                    parts.Push((part.First + half, part.Count - half));
                    parts.Push((part.First, half));
                    break;
                case WriteVerdict.TooLarge or WriteVerdict.Refused or WriteVerdict.Dropped:
                    _refusedAlone++;
                    Take(part.Count, part.Count, reply.Reason);
                    break;
                default:
                    return reply;
            }
        }

        if (fell is not null && !_anyTaken)
        {
            return fell;
        }

        Take(_suspects, _suspects, fell?.Reason);
        return null;
    }

    private bool MayHalve(WriteReply reply, bool inDoubt) => reply.Verdict switch
    {
        WriteVerdict.TooLarge => true,
        WriteVerdict.Refused => _anyTaken || _refusedAlone < LinesBeforeGivingUp,
        _ => inDoubt && reply.IsServerError && (_anyTaken || _suspects < LinesBeforeGivingUp),
    };

    private void Take(int lines, int rejected, string? refusal)
    {
        Stored += lines - rejected;
        Rejected += rejected;
        Refusal = refusal ?? Refusal;
        _anyTaken |= lines > rejected;
    }
}

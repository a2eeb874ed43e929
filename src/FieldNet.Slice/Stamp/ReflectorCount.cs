namespace FieldNet.Slice.Stamp;

/// <summary>Tells losses on the way there from losses on the way back, by the numbers of a stateful reflector.</summary>
/// <remarks>
/// Between two answers that came, a number that did not is an answer lost on the way back; what is lost beside those never reached the reflector. A
/// request that the network doubled, whose second answer is lost right where another request is, can't be told from that one lost on its way back.
/// </remarks>
/// <param name="window">How far numbers may lie apart; further is a reflector that began anew.</param>
internal sealed class ReflectorCount(int window)
{
    /// <summary>How many places a packet may be overtaken by.</summary>
    private const int OvertakenBy = 64;

    private readonly ulong[] _seen = new ulong[window];
    private uint? _last;
    private bool _isStateful;
    private int _open;
    private int _unplaced;
    private uint _unplacedAt;
    private int _doubtful;
    private uint _doubtfulAt;
    private int _there;
    private int _back;
    private bool _isUnknown;

    /// <summary>An answer came, in time.</summary>
    public void Saw(uint reflectorSequence, uint senderSequence)
    {
        _seen[reflectorSequence % (uint)window] = (ulong)reflectorSequence + 1;
        _isStateful |= reflectorSequence != senderSequence;
    }

    /// <summary>The next packet in the order of sending is lost.</summary>
    public void Lost() => _open++;

    /// <summary>The next packet in the order of sending came back, with this number.</summary>
    public void Came(uint reflectorSequence)
    {
        var ahead = _last is { } last ? (int)(reflectorSequence - last) : int.MaxValue;
        if (Math.Abs((long)ahead) >= window)
        {
            // The first, or a reflector that counts anew: what was lost before can't be placed.
            _isUnknown |= _open > 0;
            (_last, _open, _unplaced, _doubtful) = (reflectorSequence, 0, 0, 0);
            return;
        }

        if (ahead <= 0)
        {
            // It overtook nobody: an earlier one has closed this gap.
            return;
        }

        var missing = 0;
        for (var number = _last!.Value + 1; number != reflectorSequence; number++)
        {
            missing += _seen[number % (uint)window] == (ulong)number + 1 ? 0 : 1;
        }

        _last = reflectorSequence;
        Place(reflectorSequence, missing);
    }

    /// <summary>Shares out what is lost; where packets overtook each other on their way there, number and packet are some places apart, in either order.</summary>
    private void Place(uint at, int missing)
    {
        if (missing > 0)
        {
            (_unplaced, _unplacedAt) = (_unplaced + missing, at);
        }

        var back = Math.Min(_open, _unplaced);
        var there = _open - back;
        if (there > 0)
        {
            (_doubtful, _doubtfulAt) = (_doubtful + there, at);
        }

        (_back, _there, _unplaced, _open) = (_back + back, _there + there, _unplaced - back, 0);
        _doubtful = at - _doubtfulAt <= OvertakenBy ? _doubtful : 0;
        _unplaced = at - _unplacedAt <= OvertakenBy ? _unplaced : 0;
        var corrected = Math.Min(_doubtful, _unplaced);
        (_back, _there, _unplaced, _doubtful) = (_back + corrected, _there - corrected, _unplaced - corrected, _doubtful - corrected);
    }

    /// <returns>Since the last call; nulls while nobody knows: a stateless reflector, or losses that no later packet has closed yet.</returns>
    public (int? There, int? Back) TakeLosses()
    {
        var isKnown = _isStateful && ((_open == 0 && !_isUnknown) || _there + _back > 0);

        // What turned out to be lost on its way back may have been told as lost there: the next losses there make up for it.
        (int?, int?) losses = isKnown ? (Math.Max(0, _there), _back) : (null, null);
        (_there, _back, _isUnknown) = (isKnown ? Math.Min(0, _there) : 0, 0, false);
        return losses;
    }
}

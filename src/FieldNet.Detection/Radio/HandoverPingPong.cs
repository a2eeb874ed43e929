namespace FieldNet.Detection.Radio;

/// <summary>Says when a gateway goes to and fro between cells.</summary>
/// <remarks>
/// Shape: a ring of the last handovers, plain and serialisable. A return is A, B, and A again within <see cref="ReturnWithinUs"/>; on at <see cref="Returns"/> of them
/// within <see cref="WithinUs"/>, off after <see cref="QuietUs"/> without one. Source: docs/detectors/handover-ping-pong.md.
/// </remarks>
public struct HandoverPingPong
{
    public const long ReturnWithinUs = 10_000_000;
    public const long WithinUs = 60_000_000;
    public const long QuietUs = 30_000_000;
    public const int Returns = 2;

    public bool IsOn;

    /// <summary>The cell it is on, and the one before; −1 none.</summary>
    public int Cell = -1;

    public int Before = -1;
    /// <summary>When it came to the cell that it is on.</summary>
    public long CameUs;

    /// <summary>Times of the last returns, newest first; 0 none.</summary>
    public long[] ReturnsUs = new long[Returns];

    public HandoverPingPong()
    {
    }

    /// <param name="cell">The cell that it is on now; −1 unknown.</param>
    /// <returns>True when <see cref="IsOn"/> changed.</returns>
    public bool Observe(int cell, long timeUs)
    {
        if (cell >= 0 && cell != Cell)
        {
            Move(cell, timeUs);
        }

        var on = IsOn
            ? timeUs - ReturnsUs[0] < QuietUs
            : ReturnsUs[^1] > 0 && timeUs - ReturnsUs[^1] <= WithinUs;
        var changed = on != IsOn;
        IsOn = on;
        if (changed && !on)
        {
            Array.Clear(ReturnsUs);
        }

        return changed;
    }

    private void Move(int cell, long timeUs)
    {
        // It left this cell when it came to the one in between.
        if (cell == Before && timeUs - CameUs <= ReturnWithinUs)
        {
            Array.Copy(ReturnsUs, 0, ReturnsUs, 1, Returns - 1);
            ReturnsUs[0] = timeUs;
        }

        (Before, Cell, CameUs) = (Cell, cell, timeUs);
    }
}

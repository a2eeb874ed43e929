namespace FieldNet.Capture.Sequencing;

/// <summary>The rings that have something, in the order of their turns.</summary>
/// <remarks>Threading: any thread adds, the sequencer takes and parks. Bounded by the number of connections: a ring is in it once.</remarks>
internal sealed class ReadyQueue
{
    /// <summary>How long a sequencer with little to do lets things gather: at bedside rates waking up for each message costs ten times the work on it.</summary>
    private const int RestMs = 1;

    private readonly Queue<IngressRing> _rings = [];
    private bool _listening;
    private bool _woken;

    public int Count
    {
        get
        {
            lock (_rings)
            {
                return _rings.Count;
            }
        }
    }

    public void Add(IngressRing ring)
    {
        lock (_rings)
        {
            _rings.Enqueue(ring);
            if (_listening)
            {
                _listening = false;
                Monitor.Pulse(_rings);
            }
        }
    }

    public bool TryTake(out IngressRing? ring)
    {
        lock (_rings)
        {
            return _rings.TryDequeue(out ring);
        }
    }

    /// <summary>Ends a park, now or the next.</summary>
    public void Wake()
    {
        lock (_rings)
        {
            _woken = true;
            Monitor.Pulse(_rings);
        }
    }

    /// <summary>Sleeps until something is ready or the time is over.</summary>
    /// <param name="atMost">How long.</param>
    /// <param name="rests">There was little to do: once something is ready, a moment more is given to what follows.</param>
    public void Park(TimeSpan atMost, bool rests)
    {
        lock (_rings)
        {
            if (_rings.Count == 0 && !_woken)
            {
                _listening = true;
                // Rounded up: a wait of less than a millisecond would otherwise be a spin.
                Monitor.Wait(_rings, TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, atMost.TotalMilliseconds))));
                _listening = false;
                if (rests && _rings.Count > 0 && !_woken)
                {
                    Monitor.Wait(_rings, RestMs);
                }
            }

            _woken = false;
        }
    }
}

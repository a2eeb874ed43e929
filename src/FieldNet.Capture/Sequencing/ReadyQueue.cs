namespace FieldNet.Capture.Sequencing;

/// <summary>The rings that have something, in the order of their turns.</summary>
/// <remarks>Threading: any thread adds, the sequencer takes and parks. Bounded by the number of connections: a ring is in it once.</remarks>
internal sealed class ReadyQueue
{
    private readonly Queue<IngressRing> _rings = [];
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
            Monitor.Pulse(_rings);
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
    public void Park(TimeSpan atMost)
    {
        lock (_rings)
        {
            if (_rings.Count == 0 && !_woken)
            {
                // Rounded up: a wait of less than a millisecond would otherwise be a spin.
                Monitor.Wait(_rings, TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, atMost.TotalMilliseconds))));
            }

            _woken = false;
        }
    }
}

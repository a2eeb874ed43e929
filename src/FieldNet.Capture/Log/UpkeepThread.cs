namespace FieldNet.Capture.Log;

/// <summary>Sweeps when asked, when the disk is pressed, and else once a minute.</summary>
/// <remarks>Lifetime: disposing waits for a sweep that goes on.</remarks>
internal sealed class UpkeepThread : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private const int LooksASweep = 60;

    private readonly object _gate = new();
    private readonly LogUpkeep _upkeep;
    private readonly Thread _thread;
    private bool _prompted = true;
    private bool _stopping;

    public UpkeepThread(LogUpkeep upkeep)
    {
        _upkeep = upkeep;
        _thread = new Thread(Run) { Name = "fieldnet-upkeep", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Something happened that it must look at: a new segment, a failed commit.</summary>
    public void Prompt()
    {
        lock (_gate)
        {
            _prompted = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        for (var looks = 0; ; looks++)
        {
            bool prompted;
            lock (_gate)
            {
                if (!_prompted && !_stopping)
                {
                    Monitor.Wait(_gate, LookEvery);
                }

                if (_stopping)
                {
                    return;
                }

                (prompted, _prompted) = (_prompted, false);
            }

            if (prompted || looks >= LooksASweep || _upkeep.IsPressed())
            {
                _upkeep.Sweep();
                looks = 0;
            }
        }
    }
}

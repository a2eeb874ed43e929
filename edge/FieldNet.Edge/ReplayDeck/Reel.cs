using FieldNet.Capture.Sequencing;
using FieldNet.Dashboard.Replay;
using FieldNet.Edge.Replay;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>One replay: a thread that runs a capture through a ward of its own, at the pace and from the time that its viewers ask for.</summary>
/// <remarks>
/// A jump goes on at full speed from the last known state of the ward before it, or from the capture's beginning.
/// Threading: <see cref="Run"/> is the thread; the rest on any. Errors: whatever goes wrong ends in the state <c>failed</c>, with a sentence.
/// Lifetime: ends when nobody has watched for <see cref="Patience"/>.
/// </remarks>
internal sealed class Reel : IReplay
{
    /// <summary>Records between two looks at whether another thread waits for the core.</summary>
    public const int BreathEvery = 256;

    /// <summary>What a viewer gets of a waveform after a jump, and some to spare.</summary>
    private const long DrawnUs = 12_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly string _session;
    private readonly Capture _capture;
    private readonly TimeProvider _time;
    private readonly TimelineScout _scout;
    private volatile bool _hasEnded;
    private CaptureSpan _span;
    private ReplayPace _pace;
    private ReelStage? _stage;
    private ReplayPicture? _picture;
    private string _failure = "";
    private bool _playing = true;
    private bool _atEnd;
    private double _speed = 1;
    private long? _wantedUs;
    // Written by the replay's own thread alone, which may therefore read it without the gate.
    private long _seekUs;
    private long _seekFromUs;
    private long _shownUs;
    private int _viewers;
    private long _idleSince;

    public Reel(string session, Capture capture, TimeProvider time)
    {
        (_session, _capture, _time, _scout) = (session, capture, time, new TimelineScout(capture));
        (_pace, _idleSince) = (new ReplayPace(_speed, time), time.GetTimestamp());
        QuietThread.Start($"replay {session}", () => Guard(Run));
        QuietThread.Start($"replay {session} ahead", () => Guard(() => _scout.Run(() => _hasEnded)));
    }

    public string Session => _session;

    public bool HasEnded => _hasEnded;

    public bool IsWatched
    {
        get
        {
            lock (_gate)
            {
                return _viewers > 0;
            }
        }
    }

    public ReplayTimelineDto Timeline => _scout.Timeline;

    public ReplayMoment Now
    {
        get
        {
            lock (_gate)
            {
                return new ReplayMoment(State(), _picture, HasEnded);
            }
        }
    }

    public void Control(ReplayControlDto control)
    {
        lock (_gate)
        {
            _wantedUs = control.PositionMs is { } ms ? (long)(ms * 1000) : _wantedUs;
            (_playing, _speed) = (control.Playing ?? _playing, control.Speed ?? _speed);
            _pace = new ReplayPace(_speed == 0 ? double.PositiveInfinity : _speed, _time);
            Monitor.Pulse(_gate);
        }
    }

    public IDisposable Join()
    {
        lock (_gate)
        {
            _viewers++;
        }

        return new Seat(this);
    }

    public void Finish()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        var span = CaptureSpan.Of(_capture);
        lock (_gate)
        {
            (_span, _seekUs) = (span, span.FirstUs);
        }

        var clock = new LogClock(_time, notBeforeUs: 0);
        while (!HasEnded)
        {
            // The waveforms before it are to be seen too.
            using var stage = new ReelStage(_capture, _scout.Keyframes.Before(_seekUs - DrawnUs), clock);
            lock (_gate)
            {
                (_stage, _picture, _seekFromUs, _atEnd) = (stage, null, stage.PositionUs, false);
            }

            RunThrough(stage);
        }
    }

    /// <summary>Runs on until a jump back, or the end of the replay.</summary>
    private void RunThrough(ReelStage stage)
    {
        for (var n = 1; stage.TryRead(out var record); n++)
        {
            if (n % BreathEvery == 0)
            {
                Thread.Yield();
            }

            if (!Admit(stage, record.LogTimeUs))
            {
                return;
            }

            stage.Apply(record, drawn: record.LogTimeUs >= _seekUs - DrawnUs);
        }

        WaitAtEnd(stage);
    }

    /// <summary>Waits until the record of this time may be applied.</summary>
    /// <returns>False when it never may: a jump back, or the end.</returns>
    private bool Admit(ReelStage stage, long logTimeUs)
    {
        lock (_gate)
        {
            while (TakeOrders(stage))
            {
                if (logTimeUs <= _seekUs)
                {
                    return true;
                }

                Arrive(stage);
                var wait = _playing ? _pace.Before(logTimeUs) : LongestWait;
                if (_playing)
                {
                    stage.Feed.BatchEnd();
                    if (wait <= TimeSpan.Zero)
                    {
                        return true;
                    }
                }

                Monitor.Wait(_gate, wait < LongestWait ? wait : LongestWait);
            }

            return false;
        }
    }

    private void WaitAtEnd(ReelStage stage)
    {
        lock (_gate)
        {
            _atEnd = true;
            while (TakeOrders(stage))
            {
                Arrive(stage);
                Monitor.Wait(_gate, LongestWait);
            }
        }
    }

    /// <returns>False when this run through the capture is over.</returns>
    private bool TakeOrders(ReelStage stage)
    {
        if (_viewers == 0 && _time.GetElapsedTime(_idleSince) > Patience)
        {
            _hasEnded = true;
        }

        if (_wantedUs is { } wanted)
        {
            (_wantedUs, _seekUs) = (null, Math.Clamp(wanted, _span.FirstUs, _span.LastUs));
            (_picture, _seekFromUs) = (null, stage.PositionUs);
            if (_seekUs < stage.PositionUs || _scout.Keyframes.Before(_seekUs - DrawnUs)?.TimeUs > stage.PositionUs)
            {
                return false;
            }
        }

        return !HasEnded;
    }

    /// <summary>Shows where it stands, once: after a jump, when it pauses, and at the end.</summary>
    private void Arrive(ReelStage stage)
    {
        var isNew = _picture is null;
        if (isNew)
        {
            _picture = new ReplayPicture(stage.Feed);
            _pace = new ReplayPace(_speed == 0 ? double.PositiveInfinity : _speed, _time);
        }

        if (isNew || ((!_playing || _atEnd) && _shownUs != stage.PositionUs))
        {
            stage.Feed.Publish();
            _shownUs = stage.PositionUs;
        }
    }

    private ReplayDto State()
    {
        var positionUs = _picture is null ? _wantedUs ?? _seekUs : _stage!.PositionUs;
        var state = _failure.Length > 0 ? "failed" : _picture is null ? "seeking" : _atEnd ? "ended" : _playing ? "playing" : "paused";
        var wayUs = Math.Max(1d, _seekUs - Math.Max(_seekFromUs, _span.FirstUs));
        var progress = _picture is not null ? 1 : _stage is null ? 0 : Math.Clamp((_stage.PositionUs - Math.Max(_seekFromUs, _span.FirstUs)) / wayUs, 0, 1);
        return new ReplayDto(
            _session, _capture.Offer.Name, state, _playing, _speed, _span.FirstUs / 1000d, _span.LastUs / 1000d, positionUs / 1000d, Math.Round(progress, 3), _failure);
    }

    private void Leave()
    {
        lock (_gate)
        {
            _viewers--;
            _idleSince = _time.GetTimestamp();
            // One that failed has no thread any more to notice that it is alone.
            _hasEnded |= _viewers == 0 && _failure.Length > 0;
        }
    }

    /// <summary>Whatever a capture does to a replay must not end the agent: nothing gets past here.</summary>
    private void Guard(Action body)
    {
        try
        {
            body();
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                (_failure, _picture) = ($"This capture can't be replayed any further: {fault.Message}", null);
            }
        }
    }

    private sealed class Seat(Reel reel) : IDisposable
    {
        private Reel? _reel = reel;

        public void Dispose() => Interlocked.Exchange(ref _reel, null)?.Leave();
    }
}

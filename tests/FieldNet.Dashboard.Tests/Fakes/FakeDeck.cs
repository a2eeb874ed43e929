using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Replay;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>A deck with one capture and one place, whose replay the test moves.</summary>
internal sealed class FakeDeck : IReplayDeck, IReplay
{
    public const string Session = "s1";

    private readonly ManualClock _clock = new();
    private bool _isOpen;
    private bool _hasEnded;

    public FakeDeck()
    {
        Ward = new FakeWard(_clock);
        Feed = new WardFeed(Ward, _clock);
        State = new ReplayDto(Session, "night", "playing", Playing: true, Speed: 1, FirstMs: 1000, LastMs: 9000, PositionMs: 2000, Progress: 1, Failure: "");
        Picture = new ReplayPicture(Feed);
    }

    public FakeWard Ward { get; }

    public WardFeed Feed { get; }

    public ReplayDto State { get; set; }

    public ReplayPicture? Picture { get; set; }

    public List<ReplayControlDto> Orders { get; } = [];

    public int Viewers { get; private set; }

    public ReplayMoment Now => new(State, Picture, _hasEnded);

    public ReplayTimelineDto Timeline => new(5000, Complete: false, Omitted: 3, [new ReplayMarkDto(3000, null, "alarm", "device", "high", "chu/icu1/bed-01/mon1", "VT")]);

    public IReadOnlyList<CaptureDto> Captures() => [new CaptureDto("night", "Night", "fieldnet", 1000, 9000, 42)];

    public IReplay? Open(string capture)
    {
        var isFull = _isOpen;
        _isOpen = true;
        return isFull ? null : this;
    }

    public IReplay? Find(string session) => session == Session && !_hasEnded ? this : null;

    public void Control(ReplayControlDto control) => Orders.Add(control);

    public IDisposable Join()
    {
        Viewers++;
        return new Seat(this);
    }

    public void Finish() => _hasEnded = true;

    /// <summary>Time and a record go by in the replay.</summary>
    public void Publish()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Ward.Record++;
        Feed.BatchEnd();
    }

    private sealed class Seat(FakeDeck deck) : IDisposable
    {
        public void Dispose() => deck.Viewers--;
    }
}

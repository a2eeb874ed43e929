namespace FieldNet.Edge.ReplayDeck;

/// <summary>Some states of the ward along a capture, so that a jump need not begin at its beginning.</summary>
/// <remarks>
/// Full policy: past <see cref="MaxFrames"/>, or <see cref="MaxBytes"/>, every second one goes and they are taken half as often from then on.
/// Threading: any thread.
/// </remarks>
internal sealed class Keyframes
{
    public const int MaxFrames = 64;
    public const long MaxBytes = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private List<Keyframe> _frames = [];
    private long _everyUs = 10_000_000;
    private long _dueUs = long.MinValue;

    /// <summary>Takes one if it is time for it.</summary>
    public void Offer(long timeUs, long number, Func<byte[]> save)
    {
        lock (_gate)
        {
            if (timeUs < _dueUs)
            {
                return;
            }

            _frames.Add(new Keyframe(timeUs, number, save()));
            while (_frames.Count > MaxFrames || (_frames.Count > 1 && _frames.Sum(frame => (long)frame.Ward.Length) > MaxBytes))
            {
                _frames = [.. _frames.Where((_, i) => i % 2 == 0)];
                _everyUs *= 2;
            }

            _dueUs = timeUs + _everyUs;
        }
    }

    /// <returns>The last one not behind a time; null when there is none.</returns>
    public Keyframe? Before(long timeUs)
    {
        lock (_gate)
        {
            return _frames.FindLast(frame => frame.TimeUs <= timeUs);
        }
    }
}

using System.Collections.Concurrent;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Dashboard.Feed;

/// <summary>Every waveform's last seconds, found by topic when writing and by name when reading.</summary>
/// <remarks>
/// Full policy: a waveform past <see cref="MaxStreams"/> takes the place of those silent for ten minutes, or is not drawn (it is in the log all the same).
/// Threading: <see cref="Accept"/> on the sequencer thread; <see cref="Find"/> on any.
/// </remarks>
internal sealed class WaveStore
{
    private const int MaxStreams = 2048;
    private const long SilentUs = 600_000_000;

    private readonly Dictionary<Topic, WaveStream> _byTopic = [];
    private readonly Dictionary<string, DeviceClock> _clocks = [];
    private readonly ConcurrentDictionary<WaveName, WaveRing> _byName = new();
    private long _roomAtUs;

    public void Accept(Topic topic, in WaveChunk chunk, in LogRecord record)
    {
        if (!_byTopic.TryGetValue(topic, out var stream) && !TryOpen(topic, record.LogTimeUs, out stream))
        {
            return;
        }

        stream.Accept(chunk, record.Number, record.LogTimeUs, record.ReceiveTimeUs);
    }

    public WaveRing? Find(WaveName name) => _byName.GetValueOrDefault(name);

    private bool TryOpen(Topic topic, long nowUs, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WaveStream? stream)
    {
        stream = null;
        if (topic.Signal is null || (_byTopic.Count >= MaxStreams && !TryMakeRoom(nowUs)))
        {
            return false;
        }

        if (!_clocks.TryGetValue(topic.Subject, out var clock))
        {
            _clocks[topic.Subject] = clock = new DeviceClock();
        }

        stream = new WaveStream(new WaveRing(topic.Device, topic.Signal.Id), clock);
        _byTopic[topic] = stream;
        _byName[NameOf(topic)] = stream.Ring;
        return true;
    }

    /// <remarks>Looks again only when the one that has been silent for longest may have been so for long enough: a ward too large must not cost a search a chunk.</remarks>
    private bool TryMakeRoom(long nowUs)
    {
        if (nowUs <= _roomAtUs)
        {
            return false;
        }

        var silentSinceUs = nowUs;
        foreach (var (topic, stream) in _byTopic)
        {
            if (nowUs - stream.NewestUs > SilentUs)
            {
                _byTopic.Remove(topic);
                _byName.TryRemove(NameOf(topic), out _);
            }
            else
            {
                silentSinceUs = Math.Min(silentSinceUs, stream.NewestUs);
            }
        }

        // Clocks of devices that went are learnt again from the first chunk if they return.
        _clocks.Clear();
        _roomAtUs = _byTopic.Count < MaxStreams ? 0 : silentSinceUs + SilentUs;
        return _roomAtUs == 0;
    }

    private static WaveName NameOf(Topic topic) => new(topic.Subject, topic.Signal!.Id);
}

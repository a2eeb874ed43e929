using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;

namespace FieldNet.History.Points;

/// <summary>What is known of one device whose numbers become points.</summary>
internal sealed class PointDevice(string site, string ward, string bed, string device)
{
    /// <summary>A backlog repeats its last cuff pressure while the live messages repeat theirs.</summary>
    private const int MostMeasurements = 8;

    private readonly List<SeriesState> _series = [];

    public string Subject { get; } = $"{site}/{ward}/{bed}/{device}";

    public IReadOnlyList<SeriesState> Series => _series;

    public SeenSequences Seen { get; } = new();

    public DeviceDating Dating;

    public SequenceAccount Sequence;

    /// <returns>False when the message has come before.</returns>
    /// <param name="moves">It is newer than all before, as far as its sequence number tells.</param>
    public bool IsNew(in Stamp stamp, long connection, out bool moves)
    {
        var verdict = Sequence.Observe(stamp, connection, out _);
        moves = verdict is not (SequenceVerdict.Late or SequenceVerdict.OldEpoch or SequenceVerdict.Duplicate);
        switch (verdict)
        {
            case SequenceVerdict.First or SequenceVerdict.Restarted:
                Seen.Clear();
                return Seen.Add(stamp.Seq);
            case SequenceVerdict.InOrder or SequenceVerdict.Gap or SequenceVerdict.Late:
                return Seen.Add(stamp.Seq);
            default:
                return verdict == SequenceVerdict.Unstamped || (verdict == SequenceVerdict.OldEpoch && stamp.Historical);
        }
    }

    public SeriesState Of(Signal signal)
    {
        foreach (var known in _series)
        {
            if (ReferenceEquals(known.Series.Signal, signal))
            {
                return known;
            }
        }

        var added = new SeriesState(new Series(site, ward, bed, device, signal));
        _series.Add(added);
        return added;
    }

    /// <param name="series">One object for as long as we live.</param>
    internal sealed class SeriesState(Series series)
    {
        public Series Series => series;

        /// <summary>When its last measurements were taken, by the device's clock; few, the newest last.</summary>
        public List<long> MeasuredAtUs { get; } = [];

        /// <returns>False when that measurement has come before.</returns>
        public bool IsNew(long measuredAtUs)
        {
            if (MeasuredAtUs.Contains(measuredAtUs))
            {
                return false;
            }

            MeasuredAtUs.Add(measuredAtUs);
            if (MeasuredAtUs.Count > MostMeasurements)
            {
                MeasuredAtUs.RemoveAt(0);
            }

            return true;
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;
using FieldNet.Capture.Replay;
using FieldNet.Capture.Wfdb;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Bedside.Recordings;

/// <summary>A WFDB record as one bed's messages: waveforms in quarters of a second, slow signals as numbers.</summary>
/// <remarks>
/// Topics: <c>fieldnet/v1/wfdb/replay/{record}/wfdb/…</c>. Times: from the record's own begin, or 2000-01-01 without one; a message is of
/// the end of what it holds. Stamped REPLAY. Gaps send nothing; a tick each idle second, for at most a minute of them.
/// Loss: signals that no bedside sends are left out; <see cref="Remarks"/> names them. Memory: the whole record's samples.
/// </remarks>
public sealed class WfdbSource : IReplaySource
{
    private const long StepUs = 250_000;
    private const int MostTicks = 60;
    private const int LongestName = 64;

    private static readonly DateTimeOffset NoTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TopicTable _topics;
    private readonly List<Track> _tracks = [];
    private readonly List<string> _remarks;
    private readonly Queue<(Topic Topic, byte[] Payload)> _due = [];
    private readonly string _prefix;
    private readonly string _client;
    private readonly Topic _vitals;
    private readonly long _startUs;
    private readonly long _steps;
    private long _step;
    private long _number;
    private ulong _vitalsSeq;
    private int _idleSteps;

    /// <param name="headerPath">The record's <c>.hea</c>.</param>
    /// <param name="topics">Interns the topics of the records.</param>
    /// <exception cref="WfdbFormatException">It can't be read, or holds nothing that a bedside sends.</exception>
    public WfdbSource(string headerPath, TopicTable topics)
    {
        var record = WfdbRecord.Read(headerPath);
        _topics = topics;
        _remarks = [.. record.Problems];
        _client = Segment(record.Header.Name);
        _prefix = $"fieldnet/v1/wfdb/replay/{_client}/wfdb/";
        _vitals = Intern("vitals");
        _startUs = ((record.Header.Start ?? NoTime) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        for (var i = 0; i < record.Signals.Count; i++)
        {
            Add(record, i);
        }

        if (_tracks.Count == 0)
        {
            throw new WfdbFormatException(headerPath, 0, "it has no signal that a bedside monitor sends");
        }

        _steps = _tracks.Max(track => (long)Math.Ceiling(track.Samples.Length / track.PerSecond * 1e6 / StepUs));
    }

    /// <inheritdoc/>
    public double Done => (double)_step / _steps;

    /// <inheritdoc/>
    public int Quarantined => 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <inheritdoc/>
    public bool Holds(RecordKind kind) => kind == RecordKind.Publish;

    /// <inheritdoc/>
    public bool TryRead(out LogRecord record)
    {
        while (_due.Count == 0)
        {
            if (_step == _steps)
            {
                record = default;
                return false;
            }

            Live();
            if (_due.Count == 0 && ++_idleSteps % (1_000_000 / StepUs) == 0 && _idleSteps <= MostTicks * (1_000_000 / StepUs))
            {
                record = Record(RecordKind.Tick, Topic.None, default);
                return true;
            }
        }

        _idleSteps = 0;
        var (topic, payload) = _due.Dequeue();
        record = Record(RecordKind.Publish, topic, payload);
        return true;
    }

    public void Dispose()
    {
    }

    private long NowUs => _startUs + (_step * StepUs);

    private void Add(WfdbRecord record, int index)
    {
        var signal = record.Signals[index];
        var perSecond = record.SamplesPerSecond(index);
        var number = perSecond <= NumericNames.MostPerSecond ? NumericNames.Find(signal.Description) : null;
        var name = number?.Signal ?? (perSecond > NumericNames.MostPerSecond ? WaveNames.Signal(signal.Description) : null);
        if (name is null || _tracks.Exists(track => track.Signal == name))
        {
            _remarks.Add($"signal '{signal.Description}' is none that a bedside sends, or there twice: left out.");
            return;
        }

        _tracks.Add(number is { } known
            ? new Track(_vitals, name, known.Unit, perSecond, 1 / signal.Gain, -signal.Baseline / signal.Gain, record.Samples[index], IsWave: false)
            : new Track(Intern($"wave/{name}"), name, WaveNames.Unit(signal.Unit, name), perSecond, 1 / signal.Gain, -signal.Baseline / signal.Gain, record.Samples[index], IsWave: true));
    }

    /// <summary>Lives a quarter of a second, and makes the messages of it.</summary>
    private void Live()
    {
        var (fromUs, toUs) = (_step * StepUs, (_step + 1) * StepUs);
        _step++;
        Vitals? vitals = null;
        foreach (var track in _tracks)
        {
            var first = track.IndexAt(fromUs);
            var samples = track.Samples.AsSpan(first, track.IndexAt(toUs) - first);
            if (samples.IndexOfAnyExcept(WfdbRecord.Missing) < 0)
            {
                continue;
            }

            if (track.IsWave)
            {
                var chunk = track.Chunk(samples);
                chunk.Stamp = Stamp(_startUs + track.TimeUs(first), ++track.Seq);
                _due.Enqueue((track.Topic, chunk.ToByteArray()));
            }
            else
            {
                vitals ??= new Vitals { Stamp = Stamp(NowUs, ++_vitalsSeq) };
                vitals.Numerics.Add(new Numeric { Signal = track.Signal, Unit = track.Unit, Value = Math.Round((samples[^1] * track.Gain) + track.Offset, 3) });
            }
        }

        if (vitals is not null)
        {
            _due.Enqueue((_vitals, vitals.ToByteArray()));
        }
    }

    private Stamp Stamp(long deviceTimeUs, ulong seq) => new()
    {
        Epoch = 1,
        Seq = seq,
        DeviceTimeUs = deviceTimeUs,
        SentTimeUs = NowUs,
        Mode = Telemetry.Wire.Stamp.Types.Mode.Replay,
    };

    private LogRecord Record(RecordKind kind, Topic topic, ReadOnlySpan<byte> payload) => new()
    {
        Number = ++_number,
        LogTimeUs = NowUs,
        ReceiveTimeUs = NowUs,
        Kind = kind,
        Connection = kind == RecordKind.Publish ? 1L << 32 : 0,
        Client = kind == RecordKind.Publish ? _client : "",
        Topic = topic,
        Payload = payload,
    };

    private Topic Intern(string rest) => _topics.Intern(Encoding.UTF8.GetBytes(_prefix + rest));

    /// <summary>A record's name as a level of a topic.</summary>
    private static string Segment(string name)
    {
        var level = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-')]).TrimStart('-', '_');
        return level.Length == 0 ? "record" : level[..Math.Min(level.Length, LongestName)];
    }

    /// <summary>One signal on its way.</summary>
    private sealed record Track(Topic Topic, string Signal, string Unit, double PerSecond, double Gain, double Offset, int[] Samples, bool IsWave)
    {
        public ulong Seq { get; set; }

        public int IndexAt(long us) => (int)Math.Min(Samples.Length, Math.Ceiling(us * PerSecond / 1e6));

        public long TimeUs(int index) => (long)Math.Round(index * 1e6 / PerSecond);

        /// <summary>Samples of more than 16 bits lose their lowest ones.</summary>
        public WaveChunk Chunk(ReadOnlySpan<int> samples)
        {
            var shift = 0;
            foreach (var sample in samples)
            {
                while (sample != WfdbRecord.Missing && Math.Abs((long)sample >> shift) > short.MaxValue)
                {
                    shift++;
                }
            }

            var values = new short[samples.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = samples[i] == WfdbRecord.Missing ? Patients.Wave.Missing : (short)(samples[i] >> shift);
            }

            return new WaveChunk
            {
                SamplePeriodUs = 1e6 / PerSecond,
                Gain = Gain * (1 << shift),
                Offset = Offset,
                Unit = Unit,
                Samples = ByteString.CopyFrom(MemoryMarshal.AsBytes<short>(values)),
            };
        }
    }
}

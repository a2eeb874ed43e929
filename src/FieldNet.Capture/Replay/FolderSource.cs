using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Replay;

/// <summary>One data folder, or several as one timeline.</summary>
/// <remarks>
/// Folders that hold pieces of one log (cut, or segment files moved apart) are merged by number; what two of them have counts once. A
/// folder that begins no later in its numbers than the first one is another log: it follows with its numbers and connections raised
/// above those before, and its times not before theirs.
/// Records in quarantine are left out: they made the processor throw.
/// </remarks>
public sealed class FolderSource : IReplaySource
{
    /// <summary>Connection numbers hold the agent's start above their 32nd bit; no log has this many.</summary>
    private const int ConnectionShift = 52;

    private readonly Queue<Log> _logs = [];
    private readonly int _logCount;
    private Log? _current;
    private long _numberShift;
    private long _connectionShift;
    private long _last;
    private long _lastUs;
    private readonly List<string> _remarks = [];

    /// <param name="dataFolders">In order.</param>
    /// <param name="topics">Interns the topics, in the order of the records.</param>
    /// <param name="from">The first number wanted, of the first log: a checkpoint holds what is before.</param>
    /// <exception cref="CaptureException">No log there, or of a newer version.</exception>
    public FolderSource(IReadOnlyList<string> dataFolders, TopicTable topics, long from = 1)
    {
        List<(IDisk Disk, string Name)> parts = [];
        long firstNumber = 0;
        foreach (var folder in dataFolders)
        {
            var disk = FileDisk.ForReading(folder);
            var number = FirstNumber(disk);
            if (parts.Count > 0 && number <= firstNumber)
            {
                _logs.Enqueue(new Log(parts, topics, from));
                (parts, from) = ([], 1);
            }

            firstNumber = parts.Count == 0 ? number : firstNumber;
            parts.Add((disk, folder));
        }

        _logs.Enqueue(new Log(parts, topics, from));
        _logCount = _logs.Count;
    }

    /// <inheritdoc/>
    public int Quarantined { get; private set; }

    /// <inheritdoc/>
    public double Done => ((_logCount - _logs.Count - (_current is null ? 0 : 1)) + (_current?.Done ?? 0)) / _logCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <inheritdoc/>
    public bool Holds(RecordKind kind) => true;

    /// <inheritdoc/>
    public bool TryRead(out LogRecord record)
    {
        while (_current is not null || _logs.TryDequeue(out _current))
        {
            if (!_current.TryRead(out record))
            {
                Leave();
                continue;
            }

            if (_current.IsQuarantined(record.Number))
            {
                Quarantined++;
                continue;
            }

            if (_numberShift != 0 || record.LogTimeUs < _lastUs)
            {
                record = Shifted(record);
            }

            (_last, _lastUs) = (record.Number, record.LogTimeUs);
            return true;
        }

        record = default;
        return false;
    }

    public void Dispose()
    {
        _current?.Dispose();
        foreach (var log in _logs)
        {
            log.Dispose();
        }
    }

    private static long FirstNumber(IDisk disk)
    {
        using var reader = new LogReader(disk, new TopicTable());
        return reader.TryRead(out var first) ? first.Number : long.MaxValue;
    }

    private void Leave()
    {
        _remarks.AddRange(_current!.Remarks());
        _current.Dispose();
        _current = null;
        _numberShift = _last;
        _connectionShift += 1L << ConnectionShift;
    }

    private LogRecord Shifted(LogRecord record) => new()
    {
        Number = record.Number + _numberShift,
        LogTimeUs = Math.Max(record.LogTimeUs, _lastUs),
        ReceiveTimeUs = record.ReceiveTimeUs,
        Kind = record.Kind,
        Qos = record.Qos,
        Retain = record.Retain,
        Duplicate = record.Duplicate,
        PacketId = record.PacketId,
        Connection = record.Connection == 0 ? 0 : record.Connection + _connectionShift,
        Client = record.Client,
        Topic = record.Topic,
        Properties = record.Properties,
        Payload = record.Payload,
    };

    /// <summary>The pieces of one log, merged by number.</summary>
    private sealed class Log : IDisposable
    {
        private readonly Part[] _parts;
        private readonly List<LogReader> _open;
        private readonly HashSet<long> _quarantined = [];
        private long _last;

        public Log(List<(IDisk Disk, string Name)> parts, TopicTable topics, long from)
        {
            foreach (var (disk, _) in parts)
            {
                _quarantined.UnionWith(QuarantinedRecords.Read(disk, from));
            }

            _parts = [.. parts.Select(part => new Part(part.Name, new LogReader(part.Disk, topics, from)))];
            _open = [.. _parts.Select(part => part.Reader)];
        }

        public double Done => _parts.Average(part => part.Reader.Done);

        public bool IsQuarantined(long number) => _quarantined.Count > 0 && _quarantined.Contains(number);

        public bool TryRead(out LogRecord record) => _parts.Length == 1 ? _parts[0].Reader.TryRead(out record) : TryMerge(out record);

        public IEnumerable<string> Remarks() => _parts
            .Where(part => part.Reader.Damage is { Corrupt: > 0 } or { Torn: > 0 })
            .Select(part => $"{part.Name}: {part.Reader.Damage.Corrupt} damaged places and {part.Reader.Damage.Torn} torn ends were passed over.");

        public void Dispose() => Array.ForEach(_parts, part => part.Reader.Dispose());

        private bool TryMerge(out LogRecord record)
        {
            while (true)
            {
                LogReader? lowest = null;
                var next = long.MaxValue;
                for (var i = _open.Count - 1; i >= 0; i--)
                {
                    if (!_open[i].TryPeek(out var number))
                    {
                        // Asked again at its end, a reader would look for new segments each time.
                        _open.RemoveAt(i);
                    }
                    else if (number <= next)
                    {
                        (lowest, next) = (_open[i], number);
                    }
                }

                if (lowest is null || !lowest.TryRead(out record))
                {
                    record = default;
                    return false;
                }

                if (record.Number > _last)
                {
                    _last = record.Number;
                    return true;
                }
            }
        }

        private readonly record struct Part(string Name, LogReader Reader);
    }
}

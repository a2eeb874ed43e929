using System.Globalization;
using System.Text;
using FieldNet.History.LineProtocol;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.History.Tests.LineProtocol;

/// <summary>A committed log in memory, whose clock stands still until told.</summary>
internal sealed class MemoryLog : ICommittedLog
{
    private readonly TopicTable _topics = new();
    private readonly List<(long TimeUs, string Topic, byte[] Payload)> _records = [];
    private readonly Lock _gate = new();

    public const long FirstUs = 1_750_000_000_000_000;

    /// <summary>How many readers were opened, and where.</summary>
    public List<long> Opened { get; } = [];

    public long NowUs { get; private set; } = FirstUs;

    public long Committed
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>Numbers added; what the server must have at the end.</summary>
    public int Numbers { get; private set; }

    public void Advance(TimeSpan time) => NowUs += (long)time.TotalMicroseconds;

    public void Add(string topic, string json)
    {
        lock (_gate)
        {
            _records.Add((NowUs, topic, Encoding.UTF8.GetBytes(json)));
        }
    }

    /// <summary>A vitals message a second of each bed, three numbers each, sent over a link that takes now longer, now shorter.</summary>
    public void AddSeconds(int seconds, int beds, Random random)
    {
        for (var second = 0; second < seconds; second++)
        {
            Advance(TimeSpan.FromSeconds(1));
            for (var bed = 1; bed <= beds; bed++)
            {
                var sentUs = NowUs - random.Next(3_000, 40_000);
                Add($"fieldnet/v1/chu/icu1/bed-{bed:00}/mon1/vitals", string.Create(CultureInfo.InvariantCulture, $$"""
                    {"stamp":{"epoch":1,"seq":{{_records.Count}},"deviceTimeUs":"{{sentUs}}","sentTimeUs":"{{sentUs}}"},"numerics":[
                    {"signal":"MDC_PULS_OXIM_SAT_O2","value":{{90 + (bed % 10)}}},{"signal":"MDC_ECG_HEART_RATE","value":{{60 + (second % 40)}}},
                    {"signal":"MDC_RESP_RATE","value":{{12 + (second % 5)}}}]}
                    """));
                Numbers += 3;
            }
        }
    }

    public ICommittedReader Read(long from, bool waves)
    {
        Opened.Add(from);
        return new Reader(this, from);
    }

    private sealed class Reader(MemoryLog log, long from) : ICommittedReader
    {
        private long _next = from;

        public bool TryRead(long through, RecordAction take)
        {
            (long TimeUs, string Topic, byte[] Payload) found;
            lock (log._gate)
            {
                if (_next > through || _next > log._records.Count)
                {
                    return false;
                }

                found = log._records[(int)_next - 1];
            }

            take(new LogRecord
            {
                Number = _next++,
                LogTimeUs = found.TimeUs,
                ReceiveTimeUs = found.TimeUs,
                Kind = RecordKind.Publish,
                Client = "",
                Topic = log._topics.Intern(Encoding.UTF8.GetBytes(found.Topic)),
                Payload = found.Payload,
            });
            return true;
        }

        public void Dispose()
        {
        }
    }
}

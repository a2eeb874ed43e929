using FieldNet.Bedside;
using FieldNet.Bedside.Captures;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.LoadBench.Histories;

/// <summary>The vitals records of a ward over a long time: what simulated monitors measured in a while, told again and again with new stamps.</summary>
/// <remarks>The device's times are given up to a millisecond of jitter: monitors are not as even as a simulation, and evenness packs well.</remarks>
internal sealed class WardDay
{
    private const double JitterUs = 1000;

    private readonly List<(Topic Topic, long AtUs, Vitals Message)> _messages = [];
    private readonly Random _random = new(1);
    private readonly long _lapUs;
    private readonly long _firstUs;
    private readonly TimeSpan _lasting;

    private WardDay(List<(Topic, long AtUs, Vitals)> messages, TimeSpan lap, TimeSpan lasting)
    {
        (_messages, _lapUs, _lasting) = (messages, lap.Ticks / TimeSpan.TicksPerMicrosecond, lasting);
        _firstUs = messages[0].AtUs;
    }

    public long LastUs => _firstUs + (_lasting.Ticks / TimeSpan.TicksPerMicrosecond);

    public long FirstUs => _firstUs;

    /// <param name="folder">Where the monitors' capture may lie for a moment.</param>
    public static async Task<WardDay> SimulateAsync(string folder, int beds, TimeSpan lap, TimeSpan lasting)
    {
        await SimulatedCapture.WriteAsync(folder, beds, lap, SimulationProfile.Numerics);
        using var log = LogReader.Open(folder, new TopicTable());
        var messages = new List<(Topic, long, Vitals)>();
        while (log.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Publish && record.Topic.Message == MessageKind.Vitals)
            {
                var message = Vitals.Parser.ParseFrom(record.Payload);
                if (!message.Stamp.Historical)
                {
                    messages.Add((record.Topic, record.ReceiveTimeUs, message));
                }
            }
        }

        return new WardDay(messages, lap, lasting);
    }

    /// <summary>Lets go of its million objects: no agent has them, and a collection that visits them is no answer's time.</summary>
    public void Forget() => _messages.Clear();

    /// <summary>Hands over every record of the time, in order.</summary>
    /// <returns>How many.</returns>
    public long Tell(RecordAction take)
    {
        var number = 0L;
        var bytes = new byte[4096];
        for (var lap = 0L; ; lap++)
        {
            var shiftUs = lap * _lapUs;
            foreach (var (topic, atUs, message) in _messages)
            {
                if (atUs + shiftUs >= LastUs)
                {
                    return number;
                }

                number++;
                var jitterUs = (long)(_random.NextDouble() * JitterUs);
                var (stamp, deviceUs, sentUs) = (message.Stamp, message.Stamp.DeviceTimeUs, message.Stamp.SentTimeUs);
                (stamp.DeviceTimeUs, stamp.SentTimeUs, stamp.Seq) = (deviceUs + shiftUs + jitterUs, sentUs + shiftUs + jitterUs, (ulong)number);
                var payload = bytes.AsSpan(0, message.CalculateSize());
                message.WriteTo(payload);
                (stamp.DeviceTimeUs, stamp.SentTimeUs) = (deviceUs, sentUs);
                take(new LogRecord
                {
                    Number = number, LogTimeUs = atUs + shiftUs, ReceiveTimeUs = atUs + shiftUs + jitterUs, Kind = RecordKind.Publish, Qos = 1, Connection = 1,
                    Client = "bench", Topic = topic, Payload = payload,
                });
            }
        }
    }
}

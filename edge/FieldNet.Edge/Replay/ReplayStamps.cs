using System.Text;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;
using Google.Protobuf;

namespace FieldNet.Edge.Replay;

/// <summary>Makes a captured message one of now: times moved, an epoch of this replay, mode REPLAY (P8). Everything else stays.</summary>
/// <remarks>
/// Shape: a device's epochs keep their order, so that its restarts are restarts again. What a sender left out of its stamp stays out, but
/// the mode. In JSON, fields that this version does not know are lost. Threading: one thread.
/// </remarks>
/// <param name="epoch">Above those of all earlier replays.</param>
internal sealed class ReplayStamps(uint epoch)
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonFormatter JsonText = new(JsonFormatter.Settings.Default);

    private readonly Dictionary<string, List<uint>> _epochs = [];

    /// <param name="shiftUs">What is added to every time in it.</param>
    /// <returns>Null for what can't be read: it can't be marked as replayed, and must not be sent.</returns>
    public byte[]? Rewrite(Topic topic, PayloadFormat format, ReadOnlySpan<byte> payload, long shiftUs)
    {
        if (payload.IsEmpty || topic.Scope != TopicScope.Device)
        {
            return null;
        }

        return topic.Message switch
        {
            MessageKind.Wave => Rewrite(Telemetry.Wire.WaveChunk.Parser, format, payload, wave => wave.Stamp = Restamp(topic, wave.Stamp, shiftUs)),
            MessageKind.Vitals => Rewrite(Telemetry.Wire.Vitals.Parser, format, payload, vitals =>
            {
                vitals.Stamp = Restamp(topic, vitals.Stamp, shiftUs);
                foreach (var numeric in vitals.Numerics)
                {
                    numeric.MeasuredAtUs += numeric.MeasuredAtUs > 0 ? shiftUs : 0;
                }
            }),
            MessageKind.Alarm => Rewrite(Telemetry.Wire.AlarmReport.Parser, format, payload, report =>
            {
                report.Stamp = Restamp(topic, report.Stamp, shiftUs);
                foreach (var condition in report.Conditions)
                {
                    condition.OnsetUs += condition.OnsetUs > 0 ? shiftUs : 0;
                }
            }),
            MessageKind.Status => Rewrite(Telemetry.Wire.DeviceStatus.Parser, format, payload, status => status.Stamp = Restamp(topic, status.Stamp, shiftUs)),
            _ => Rewrite(Telemetry.Wire.LinkReport.Parser, format, payload, report => report.Stamp = Restamp(topic, report.Stamp, shiftUs)),
        };
    }

    private static byte[]? Rewrite<T>(MessageParser<T> parser, PayloadFormat format, ReadOnlySpan<byte> payload, Action<T> rewrite)
        where T : IMessage<T>, new()
    {
        try
        {
            var isJson = format == PayloadFormat.Json || (format == PayloadFormat.Detect && payload[0] == (byte)'{');
            var message = isJson ? Json.Parse<T>(Encoding.UTF8.GetString(payload)) : parser.ParseFrom(payload);
            rewrite(message);
            return isJson ? Encoding.UTF8.GetBytes(JsonText.Format(message)) : message.ToByteArray();
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or InvalidJsonException)
        {
            return null;
        }
    }

    private Telemetry.Wire.Stamp Restamp(Topic topic, Telemetry.Wire.Stamp? said, long shiftUs)
    {
        var stamp = said?.Clone() ?? new Telemetry.Wire.Stamp();
        stamp.Mode = Telemetry.Wire.Stamp.Types.Mode.Replay;
        if (stamp.HasEpoch)
        {
            stamp.Epoch = epoch + Rank(topic.Subject, stamp.Epoch);
        }

        if (stamp.HasDeviceTimeUs)
        {
            stamp.DeviceTimeUs += shiftUs;
        }

        if (stamp.HasSentTimeUs)
        {
            stamp.SentTimeUs += shiftUs;
        }

        return stamp;
    }

    /// <summary>Which of the device's epochs this is, in the order in which they came.</summary>
    private uint Rank(string subject, uint of)
    {
        if (!_epochs.TryGetValue(subject, out var epochs))
        {
            _epochs.Add(subject, epochs = []);
        }

        var rank = epochs.IndexOf(of);
        if (rank < 0)
        {
            rank = epochs.Count;
            epochs.Add(of);
        }

        return (uint)rank;
    }
}

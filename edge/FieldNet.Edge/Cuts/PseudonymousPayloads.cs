using System.Text;
using System.Text.Json.Nodes;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;
using Google.Protobuf;

namespace FieldNet.Edge.Cuts;

/// <summary>Rewrites what names a device, a person or a place in the payloads of a cut's records.</summary>
/// <remarks>
/// Waveforms, vitals and alarms stay byte for byte as long as they are what the contract says; fields beyond it go. What can't be read, and so can't be rewritten, becomes one byte that can't be read either.
/// docs/operations.md says exactly what is replaced; that list and this file change together.
/// </remarks>
internal sealed class PseudonymousPayloads(Pseudonyms pseudonyms, PseudonymousTopics topics)
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonParser StrictJson = new(JsonParser.Settings.Default);
    private static readonly JsonFormatter JsonText = new(JsonFormatter.Settings.Default);
    private static readonly byte[] Unreadable = [0x07];

    private readonly TopicTable _willTopics = new();
    private readonly PseudonymousJson _json = new(pseudonyms);

    /// <summary>The payload of a message, for its own (real) topic.</summary>
    public ReadOnlySpan<byte> OfMessage(Topic topic, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return payload;
        }

        return topic.Message switch
        {
            _ when topic.Scope is not (TopicScope.Device or TopicScope.Watchdog) => default,
            MessageKind.Wave => Known(Telemetry.Wire.WaveChunk.Parser, properties, payload),
            MessageKind.Vitals => Known(Telemetry.Wire.Vitals.Parser, properties, payload),
            MessageKind.Alarm => Known(Telemetry.Wire.AlarmReport.Parser, properties, payload),
            MessageKind.Status => Rewrite(Telemetry.Wire.DeviceStatus.Parser, properties, payload, status =>
            {
                status.Serial = pseudonyms.Of("serial", status.Serial);
                status.Udi = pseudonyms.Of("udi", status.Udi);
            }),
            _ => Rewrite(Telemetry.Wire.LinkReport.Parser, properties, payload, report =>
            {
                for (var i = 0; i < report.Serves.Count; i++)
                {
                    report.Serves[i] = Served(report.Serves[i]);
                }

                report.Iccid = pseudonyms.Of("iccid", report.Iccid);
                report.ImsiHash = pseudonyms.Of("imsi", report.ImsiHash);
                report.Ip = pseudonyms.Of("address", report.Ip);
            }),
        };
    }

    /// <summary>Of an MQTT 5 message's properties only the content type is kept: users' own may say anything.</summary>
    public static ReadOnlySpan<byte> OfProperties(ReadOnlySpan<byte> properties) => TelemetryDecoder.FormatOf(properties) switch
    {
        _ when properties.IsEmpty => default,
        PayloadFormat.Protobuf => ContentType("application/x-protobuf"),
        PayloadFormat.Json => ContentType("application/json"),
        PayloadFormat.Detect => default,
        _ => ContentType("unknown"),
    };

    /// <summary>The JSON of one of the agent's own records: words of the agent stay, names are replaced, anything else that is text goes.</summary>
    public ReadOnlySpan<byte> OfAgent(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || Parse(payload) is not { } members)
        {
            return default;
        }

        RewriteWill(members);
        _json.Rewrite(members);
        return Encoding.UTF8.GetBytes(members.ToJsonString());
    }

    private static JsonObject? Parse(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private void RewriteWill(JsonObject connect)
    {
        if (connect["will_topic"]?.GetValue<string>() is not { } name)
        {
            return;
        }

        var topic = _willTopics.Intern(Encoding.UTF8.GetBytes(name));
        var properties = Convert.FromBase64String(connect["will_properties"]?.GetValue<string>() ?? "");
        var payload = Convert.FromBase64String(connect["will_payload"]?.GetValue<string>() ?? "");
        connect["will_topic"] = topics.Of(topic).Name;
        connect["will_properties"] = Convert.ToBase64String(OfProperties(properties));
        connect["will_payload"] = Convert.ToBase64String(OfMessage(topic, properties, payload));
    }

    /// <summary>Byte for byte if it has no more than the contract's fields: in others a sender may say anything.</summary>
    private static ReadOnlySpan<byte> Known<T>(MessageParser<T> parser, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload)
        where T : IMessage<T>, new()
    {
        try
        {
            if (IsJson(properties, payload))
            {
                StrictJson.Parse<T>(Encoding.UTF8.GetString(payload));
                return payload;
            }

            // A parser that keeps what it does not know gives a longer message than one that drops it.
            if (parser.ParseFrom(payload).CalculateSize() == parser.WithDiscardUnknownFields(true).ParseFrom(payload).CalculateSize())
            {
                return payload;
            }
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or InvalidJsonException)
        {
            // Or JSON with a field too many: what remains of it is written anew.
        }

        return Rewrite(parser, properties, payload, static _ => { });
    }

    private static bool IsJson(ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload) =>
        TelemetryDecoder.FormatOf(properties) is var format && (format == PayloadFormat.Json || (format == PayloadFormat.Detect && payload[0] == (byte)'{'));

    private static ReadOnlySpan<byte> Rewrite<T>(MessageParser<T> parser, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload, Action<T> rewrite)
        where T : IMessage<T>, new()
    {
        try
        {
            var isJson = IsJson(properties, payload);
            var message = isJson ? Json.Parse<T>(Encoding.UTF8.GetString(payload)) : parser.WithDiscardUnknownFields(true).ParseFrom(payload);
            rewrite(message);
            return isJson ? Encoding.UTF8.GetBytes(JsonText.Format(message)) : message.ToByteArray();
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or InvalidJsonException)
        {
            return Unreadable;
        }
    }

    /// <summary><c>bed-03/mon1</c>.</summary>
    private string Served(string place)
    {
        var levels = place.Split('/');
        return levels.Length == 2 ? $"{pseudonyms.Of("bed", levels[0])}/{pseudonyms.Of("device", levels[1])}" : pseudonyms.Of("device", place);
    }

    private static byte[] ContentType(string name) => [0x03, 0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name)];
}

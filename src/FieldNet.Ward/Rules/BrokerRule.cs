using System.Text.Json;
using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>What changes where all devices speak through another's broker, over one connection of the agent's own.</summary>
/// <remarks>
/// That connection's end says nothing of any device: they are unknown because of the agent, and one event names the link. Whether a
/// device has left, or come back with its numbers begun anew, can be read from its messages only.
/// </remarks>
internal static class BrokerRule
{
    /// <summary>The link stands (again): from here on, devices that it had hidden have their time to be heard.</summary>
    public static void Connected(in RuleContext context, in LogRecord record)
    {
        if (!Says(record, "broker"u8, value: default))
        {
            return;
        }

        var ward = context.Ward;
        ward.BrokerConnection = record.Connection;
        EndAbsence(context);
        foreach (var device in ward.Devices)
        {
            if (device.UnknownBecauseOfAgent)
            {
                device.AgentStartUs = record.ReceiveTimeUs;
                DeviceWatch.LookAt(context, device);
            }
        }
    }

    /// <returns>True when it was the link that closed by itself: no device is to blame.</returns>
    public static bool Lost(in RuleContext context, in LogRecord record)
    {
        if (!Says(record, "reason"u8, "broker_lost"u8))
        {
            return false;
        }

        var ward = context.Ward;
        ward.BrokerConnection = 0;
        ward.BrokerAbsence ??= context.Outbox.Start(
            ward, context.NowUs, "link", "silent", "broker", EventSeverity.High, [.. ward.Beds.Select(bed => bed.Key)],
            [new("broker_client", record.Client)], "backhaul");
        foreach (var device in ward.Devices)
        {
            if (ConnectionRule.Closed(device, record.Connection, leave: false))
            {
                (device.UnknownBecauseOfAgent, device.AgentStartUs) = (true, context.NowUs);
                DeviceWatch.LookAt(context, device);
            }
        }

        return true;
    }

    /// <summary>The agent started: whether there is a link it will say.</summary>
    public static void Forget(in RuleContext context)
    {
        context.Ward.BrokerConnection = 0;
        EndAbsence(context);
    }

    /// <summary>A retained message, sent because we subscribed: it says nothing of now.</summary>
    public static bool IsOld(WardState ward, in LogRecord record) => record.Retain && IsLink(ward, record);

    /// <summary>An OFFLINE that is not plainly newer than the device's other words was written when it connected: its Will.</summary>
    public static bool MayBeWill(WardState ward, in LogRecord record, SequenceVerdict verdict) =>
        IsLink(ward, record) && verdict is not (SequenceVerdict.InOrder or SequenceVerdict.Gap);

    /// <summary>For the account of a stream, whose sender may have come back at any message: each counts as on a later connection.</summary>
    public static long ConnectionOf(WardState ward, in LogRecord record) =>
        IsLink(ward, record) ? record.Connection + record.Number : record.Connection;

    private static bool IsLink(WardState ward, in LogRecord record) => record.Connection == ward.BrokerConnection && ward.BrokerConnection > 0;

    private static void EndAbsence(in RuleContext context)
    {
        if (context.Ward.BrokerAbsence is { } absence)
        {
            context.Outbox.Say(
                context.Ward, context.NowUs, absence, EventPhase.End, [], [new("silent_ms", (context.NowUs - absence.OnsetUs) / 1000)], "backhaul");
            context.Ward.BrokerAbsence = null;
        }
    }

    /// <summary>The payload has that member, with that text unless none is given.</summary>
    private static bool Says(in LogRecord record, ReadOnlySpan<byte> member, ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(record.Payload);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(member))
            {
                return reader.Read() && reader.TokenType == JsonTokenType.String && (value.IsEmpty || reader.ValueTextEquals(value));
            }
        }

        return false;
    }
}

using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using DeviceState = FieldNet.Ward.State.DeviceState;
using Reported = FieldNet.Telemetry.Messages.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Takes a device's account of itself.</summary>
internal static class StatusRule
{
    public static void Apply(in RuleContext context, DeviceState device, DeviceStatus status, in LogRecord record)
    {
        // A Will was written when the device connected: its stamp says nothing of now, and its OFFLINE means that nobody took leave.
        if (record.Kind == RecordKind.Will)
        {
            Gone(context, device);
            return;
        }

        var verdict = StreamRule.Observe(context, device, ref device.StatusSequence, status.Stamp, record);
        if (status.State == Reported.Offline && BrokerRule.MayBeWill(context.Ward, record, verdict))
        {
            Gone(context, device);
            return;
        }

        if (!StreamRule.MovesState(verdict) || status.Stamp.Historical)
        {
            return;
        }

        var identity = device.Identity;
        if (status.State == Reported.Offline && identity.State != Reported.Offline)
        {
            context.Point(device, "device", "offline", EventSeverity.Info, [new("by", "device")]);
        }

        (identity.State, identity.StatedUs) = (status.State, record.ReceiveTimeUs);
        Identify(identity, status);
        PowerRule.Observe(context, device, FaultNode.Device, status.OnMains, status.BatteryPercent);
        context.Changed(device);
    }

    /// <summary>A retained status of some time past says who the device is, and nothing of how it does now.</summary>
    public static void ApplyOld(in RuleContext context, DeviceState device, DeviceStatus status)
    {
        if (device.Identity.StatedUs == 0)
        {
            Identify(device.Identity, status);
            context.Changed(device);
        }
    }

    private static void Gone(in RuleContext context, DeviceState device)
    {
        device.ClosedWithoutLeave = true;
        context.Point(device, "device", "offline", EventSeverity.Medium, [new("by", "will")]);
    }

    private static void Identify(DeviceIdentity identity, DeviceStatus status)
    {
        identity.Maker = status.Maker;
        identity.Model = status.Model;
        identity.Serial = status.Serial;
        identity.Firmware = status.Firmware;
        identity.OnMains = status.OnMains;
        identity.BatteryPercent = status.BatteryPercent;
    }
}

using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Keeps what stands at a device in step with its detectors: one episode of a kind at a time.</summary>
internal static class Standing
{
    /// <summary>Begins an episode when its detector says on, and ends it when that says off.</summary>
    /// <param name="evidence">Called only when something changes.</param>
    public static void Follow(
        in RuleContext context, DeviceState device, string kind, string what, bool isOn, Func<DeviceState, Evidence[]> evidence,
        EventSeverity severity = EventSeverity.Low, FaultNode? cause = null)
    {
        var open = Find(device, kind, what);
        if (isOn && open is null)
        {
            device.Standing.Add(context.Find(device, kind, what, severity, evidence(device), device.IsGateway ? FaultNode.Gateway : FaultNode.Device, cause));
        }
        else if (!isOn && open is not null)
        {
            device.Standing.Remove(open);
            context.Resolve(device, open, evidence(device));
        }
    }

    // Asked for each detector of each device each second: a loop makes no closure.
    private static Episode? Find(DeviceState device, string kind, string what)
    {
        foreach (var episode in device.Standing)
        {
            if (episode.What == what && episode.Kind == kind)
            {
                return episode;
            }
        }

        return null;
    }
}

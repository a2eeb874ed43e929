using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Looks at a device when something happened to it or its time has come.</summary>
internal static class DeviceWatch
{
    /// <summary>Brings the device up to date and arms its next deadline; one that lies later than the armed one is found when that fires.</summary>
    public static void LookAt(in RuleContext context, DeviceState device)
    {
        var next = DeviceAges.Evaluate(context, device);
        if (next < long.MaxValue && (device.ArmedUs == 0 || next < device.ArmedUs))
        {
            device.ArmedUs = next;
            DeadlineHeap.Push(context.Ward.Deadlines, new Deadline(next, device.Index));
        }
    }
}

using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Messages per second of a device, over at least five seconds.</summary>
internal static class RateRule
{
    private const long WindowUs = 5_000_000;

    public static void Count(DeviceState device, long receiveUs)
    {
        if (device.RateSinceUs == 0 || receiveUs < device.RateSinceUs)
        {
            (device.RateSinceUs, device.RateCount) = (receiveUs, 0);
        }

        var span = receiveUs - device.RateSinceUs;
        if (span >= WindowUs)
        {
            device.MessagesPerSecond = Math.Round(device.RateCount * 1e6 / span, 1);
            (device.RateSinceUs, device.RateCount) = (receiveUs, 0);
        }

        device.RateCount++;
    }
}

namespace FieldNet.Mqtt.Broker;

/// <summary>Everyone who gets the messages of one topic.</summary>
/// <param name="Version">Of the <see cref="SubscriptionTree"/> that found them.</param>
/// <param name="Deliveries">One for each subscriber.</param>
/// <param name="Groups">One member of each gets it besides.</param>
internal sealed record TopicMatch(int Version, Delivery[] Deliveries, ShareGroup[] Groups)
{
    public static readonly TopicMatch Nobody = new(-1, [], []);
}

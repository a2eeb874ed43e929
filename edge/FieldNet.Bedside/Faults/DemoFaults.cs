using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Faults;

/// <summary>The faults of a demonstration: one bed after another has something wrong with its link, over and over, and now and then a gateway or a whole cell.</summary>
/// <remarks>Deterministic per seed. The first is silence, since that is what a ward must see first.</remarks>
internal static class DemoFaults
{
    /// <summary>All beds are live for a while before the first fault, and again at the end.</summary>
    public static readonly TimeSpan CalmStart = TimeSpan.FromSeconds(16), CalmEnd = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly (FaultKind What, Place At, double LeastSeconds, double MostSeconds, double Value)[] Round =
    [
        (FaultKind.Silent, Place.Device, 9, 14, 0),
        (FaultKind.Latency, Place.Device, 8, 12, 160),
        (FaultKind.Loss, Place.Device, 8, 12, 0.25),
        (FaultKind.Disconnect, Place.Device, 5, 9, 0),
        (FaultKind.Silent, Place.Gateway, 9, 14, 0),
        (FaultKind.Jitter, Place.Device, 8, 12, 200),
        (FaultKind.Burst, Place.Device, 8, 12, 0),
        (FaultKind.Silent, Place.Cell, 9, 12, 0),
        (FaultKind.RadioWeak, Place.Gateway, 15, 20, 38),
        (FaultKind.HandoverPingPong, Place.Gateway, 15, 20, 3),
    ];

    private enum Place
    {
        Device = 0,
        Gateway,
        Cell,
    }

    public static IReadOnlyList<Fault> Plan(int seed, SiteLayout layout, TimeSpan? lasting)
    {
        var random = RandomExtensions.Fork(seed, 0, 30);
        var end = (lasting ?? Longest) - CalmEnd;
        List<Fault> faults = [];
        GatewayPlace[] order = [.. layout.Gateways];
        var at = CalmStart;
        for (int n = 0; ; n++)
        {
            if (n % order.Length == 0)
            {
                random.Shuffle(order);
            }
            var (what, place, least, most, value) = Round[n % Round.Length];
            var duration = TimeSpan.FromSeconds(Math.Round(random.Between(least, most), 1));
            if (at + duration > end)
            {
                return faults;
            }
            var gateway = order[n % order.Length];
            string subject = place switch
            {
                Place.Gateway => gateway.Subject,
                Place.Cell => Fault.CellMark + gateway.Place.Cell,
                _ => gateway.Serves[0].Subject,
            };
            faults.Add(new(at, duration, what, subject, value));
            at += duration + TimeSpan.FromSeconds(Math.Round(random.Between(2, 6), 1));
        }
    }
}

using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Faults;

/// <summary>The faults of a demonstration: one bed after another has something wrong with its link, over and over.</summary>
/// <remarks>Deterministic per seed. The first is silence, since that is what a ward must see first.</remarks>
internal static class DemoFaults
{
    /// <summary>All beds are live for a while before the first fault, and again at the end.</summary>
    public static readonly TimeSpan CalmStart = TimeSpan.FromSeconds(16), CalmEnd = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly (FaultKind What, double LeastSeconds, double MostSeconds, double Value)[] Round =
    [
        (FaultKind.Silent, 9, 14, 0),
        (FaultKind.Latency, 8, 12, 160),
        (FaultKind.Loss, 8, 12, 0.25),
        (FaultKind.Disconnect, 5, 9, 0),
        (FaultKind.Jitter, 8, 12, 200),
        (FaultKind.Burst, 8, 12, 0),
    ];

    /// <param name="devices">Subjects that may be disturbed; of a single one too.</param>
    public static IReadOnlyList<Fault> Plan(int seed, IReadOnlyList<string> devices, TimeSpan? lasting)
    {
        var random = RandomExtensions.Fork(seed, 0, 30);
        var end = (lasting ?? Longest) - CalmEnd;
        List<Fault> faults = [];
        string[] order = [.. devices];
        var at = CalmStart;
        for (int n = 0; ; n++)
        {
            if (n % order.Length == 0)
            {
                random.Shuffle(order);
            }
            var (what, least, most, value) = Round[n % Round.Length];
            var duration = TimeSpan.FromSeconds(Math.Round(random.Between(least, most), 1));
            if (at + duration > end)
            {
                return faults;
            }
            faults.Add(new(at, duration, what, order[n % order.Length], value));
            at += duration + TimeSpan.FromSeconds(Math.Round(random.Between(2, 6), 1));
        }
    }
}

using FieldNet.Dashboard.Feed;
using FieldNet.Telemetry.Network;

namespace FieldNet.Dashboard.Network;

/// <summary>Takes from the walls what they say to have shown, and passes on what can be true.</summary>
/// <remarks>
/// Full policy: of each screen one number a ward is remembered, and a number is passed on once. Threading: any; calls of one screen one at a time.
/// </remarks>
internal sealed class AlarmPathReceipts(WardFeed feed, IAlarmPathWitness witness)
{
    private static readonly object Key = new();

    /// <param name="memory">What is remembered of the screen, for as long as it is connected.</param>
    /// <param name="screen">Its connection.</param>
    /// <returns>False: no such ward, a number that was not sent yet, or one that this screen has named before.</returns>
    public bool Take(IDictionary<object, object?> memory, string screen, string? ward, long sequence)
    {
        var newest = feed.LatestNetwork.Watchdogs.FirstOrDefault(watchdog => watchdog.Ward == ward)?.Sequence ?? 0;
        if (ward is null || sequence <= 0 || sequence > newest)
        {
            return false;
        }

        if (!memory.TryGetValue(Key, out var known) || known is not Dictionary<string, long> passed)
        {
            memory[Key] = passed = new Dictionary<string, long>(StringComparer.Ordinal);
        }

        if (sequence <= passed.GetValueOrDefault(ward))
        {
            return false;
        }

        passed[ward] = sequence;
        witness.Seen(ward, sequence, screen);
        return true;
    }

    /// <summary>The screen is hidden or gone; nothing is expected of it until it names a number again.</summary>
    public void Left(IDictionary<object, object?> memory, string screen)
    {
        if (memory.ContainsKey(Key))
        {
            witness.Left(screen);
        }
    }
}

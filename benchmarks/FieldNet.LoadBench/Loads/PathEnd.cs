using FieldNet.LoadBench.Subjects;

namespace FieldNet.LoadBench.Loads;

/// <summary>Waits for the end of the agent's whole path: decoded, through the ward processor, durable.</summary>
internal static class PathEnd
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="before">Taken before the first of the <paramref name="sent"/> messages.</param>
    /// <returns>Messages that were not logged, or were refused: these don't count.</returns>
    public static async Task<long> AwaitAsync(FieldNetAgent agent, PathProgress before, long sent)
    {
        using var look = new PeriodicTimer(LookEvery);
        using var deadline = new CancellationTokenSource(Patience);
        var applied = 0L;
        do
        {
            var now = await agent.ProgressAsync();
            applied = applied == 0 && now.Messages - before.Messages >= sent ? now.Records : applied;
            if (applied > 0 && now.Committed >= applied)
            {
                return now.Shed - before.Shed + (now.Refused - before.Refused);
            }
        }
        while (await look.WaitForNextTickAsync(deadline.Token));
        return 0;
    }
}

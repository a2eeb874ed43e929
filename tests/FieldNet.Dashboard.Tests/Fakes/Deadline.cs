using System.Diagnostics;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>Waits on what another thread or a socket must bring about.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A token that ends a wait on a socket that has gone wrong.</summary>
    public static CancellationToken Token => new CancellationTokenSource(Patience).Token;

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"waited in vain: {what}");
            await poll.WaitForNextTickAsync();
        }
    }
}

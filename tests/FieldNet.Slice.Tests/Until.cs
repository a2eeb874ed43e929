using System.Diagnostics;

namespace FieldNet.Slice.Tests;

/// <summary>Waits for what another thread or a socket brings about, with a deadline.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Look = TimeSpan.FromMilliseconds(10);

    public static async Task<T> SomeAsync<T>(Func<T?> look, string what)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"waited in vain for {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static Task TrueAsync(Func<bool> look, string what) => SomeAsync(() => look() ? what : null, what);
}

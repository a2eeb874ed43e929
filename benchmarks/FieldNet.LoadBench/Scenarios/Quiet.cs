namespace FieldNet.LoadBench.Scenarios;

/// <summary>Lets time pass while nothing is sent.</summary>
internal static class Quiet
{
    public static async Task ForAsync(TimeSpan duration)
    {
        using var timer = new PeriodicTimer(duration);
        await timer.WaitForNextTickAsync();
    }
}

using System.Diagnostics;
using FieldNet.Dashboard.Tests.Fakes;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Tests.Stream;

/// <summary>Question: what share of a core does the dashboard take for 12 beds at full rate with one wall open?</summary>
/// <remarks>
/// Budget: a quarter of the agent's 20 %. Run by hand, in Release:
/// <c>DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0 FieldNet.Dashboard.Tests -explicit only -showLiveOutput</c>.
/// The share includes making the messages and the page's side of the socket, which the agent does not have.
/// </remarks>
public sealed class StreamLoadTests
{
    private const int Beds = 12;

    private static readonly string[] Signals =
    [
        "MDC_ECG_ELEC_POTL_II", "MDC_ECG_ELEC_POTL_I", "MDC_ECG_ELEC_POTL_V", "MDC_PULS_OXIM_PLETH", "MDC_PRESS_BLD_ART_ABP",
        "MDC_PRESS_BLD_VEN_CENT", "MDC_IMPED_TTHOR", "MDC_ECG_ELEC_POTL_III",
    ];

    [Fact(Explicit = true)]
    public async Task Feed_TwelveBedsAtFullRateOneWall_LeavesMostOfTheCore()
    {
        await using var host = await DashboardHost.StartAsync();
        var bedsides = Enumerable.Range(0, Beds).Select(i => new Bedside(host.Clock, $"bed-{i + 1:00}")).ToArray();
        for (var bed = 0; bed < Beds; bed++)
        {
            host.Ward.Set(Tile(bed, 72));
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var bytes = 0L;

        await FeedAsync(host, bedsides, TimeSpan.FromSeconds(5));
        var idle = await ShareAsync(() => FeedAsync(host, bedsides, TimeSpan.FromSeconds(10)));
        using var page = await HubSocket.WatchAsync(host.Address);
        var reading = ReadAsync();
        await FeedAsync(host, bedsides, TimeSpan.FromSeconds(5));
        (bytes, var from) = (0, GC.GetTotalAllocatedBytes());
        var watched = await ShareAsync(() => FeedAsync(host, bedsides, TimeSpan.FromSeconds(20)));

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"of one core: {idle:P1} unwatched, {watched:P1} with one wall; {bytes / 20_000d:F0} kB/s to it, {(GC.GetTotalAllocatedBytes() - from) / 20e6:F1} MB/s allocated"));
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(watched < 0.05 + idle, $"{watched:P1}");

        async Task ReadAsync()
        {
            var buffer = new byte[65_536];
            while (true)
            {
                bytes += await page.SkimAsync(buffer, over.Token);
            }
        }
    }

    /// <summary>Each waveform a chunk of 256 ms, each bed its vitals once a second, spread evenly over real time.</summary>
    private static async Task FeedAsync(DashboardHost host, Bedside[] bedsides, TimeSpan span)
    {
        var samples = Enumerable.Range(0, 64).Select(i => (short)(1000 * Math.Sin(i / 5.0))).ToArray();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(8));
        for (var step = 0; step < span.TotalMilliseconds / 8; step++)
        {
            await timer.WaitForNextTickAsync();
            host.Clock.Advance(TimeSpan.FromMilliseconds(8));
            for (var bed = 0; bed < Beds; bed++)
            {
                for (var wave = 0; wave < Signals.Length; wave++)
                {
                    if ((step + (bed * 5) + wave) % 32 == 0)
                    {
                        bedsides[bed].SendWave(host.Feed, ++host.Ward.Record, Signals[wave], samples);
                    }
                }

                if ((step + (bed * 10)) % 125 == 0)
                {
                    bedsides[bed].SendVitals(host.Feed, ++host.Ward.Record, 72);
                    host.Ward.Set(Tile(bed, 60 + (step % 40)));
                }
            }

            host.Feed.BatchEnd();
        }
    }

    /// <summary>A tile with ten numbers, as full as they come.</summary>
    private static BedView Tile(int index, double heartRate)
    {
        var bed = FakeWard.Bed(index, heartRate, Signals);
        return bed with { Numerics = [.. Enumerable.Repeat(bed.Numerics[0], 10)] };
    }

    private static async Task<double> ShareAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        await work();
        process.Refresh();
        return (process.TotalProcessorTime - cpu) / watch.Elapsed;
    }
}

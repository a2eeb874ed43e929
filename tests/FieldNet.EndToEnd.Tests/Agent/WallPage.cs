using System.Diagnostics;
using Microsoft.Playwright;

namespace FieldNet.EndToEnd.Tests.Agent;

/// <summary>The wall in a real Chromium, read through the page hooks of docs/protocol.md.</summary>
internal sealed class WallPage : IAsyncDisposable
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private WallPage(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public static bool IsPossible => File.Exists("/usr/bin/chromium");

    public IPage Page { get; }

    public static async Task<WallPage> OpenAsync(Uri address, string locale = "en-GB")
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Quiet });
        var page = await browser.NewPageAsync(new() { Locale = locale, ViewportSize = new() { Width = 1920, Height = 1080 } });
        await page.GotoAsync(address.ToString());
        return new WallPage(playwright, browser, page);
    }

    public Task<string?> HealthAsync() => Page.Locator("[data-wall]").GetAttributeAsync("data-health");

    public Task<string?> StateAsync(string bed) => Tile(bed).GetAttributeAsync("data-state");

    public Task<string> NumberAsync(string bed, string signal) => Tile(bed).Locator($"[data-signal='{signal}']").First.InnerTextAsync();

    public Task<int> CountAsync(string selector) => Page.Locator(selector).CountAsync();

    public ILocator Tile(string bed) => Page.Locator($"[data-bed='{bed}']");

    /// <summary>Waits until the condition holds and says after how long; fails at the deadline.</summary>
    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        var watch = Stopwatch.StartNew();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            Assert.True(watch.Elapsed < within, $"not within {within.TotalSeconds} s: {what}");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

using System.Net;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Http;

public sealed class PageFilesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-page-").FullName;
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html"), "<title>the page</title>");
        await File.WriteAllTextAsync(Path.Combine(_folder, "assets", "main-5f3a.js"), "1");
        _host = await DashboardHost.StartAsync(options => options.PageFolder = _folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/bed/icu1/bed-03")]
    [InlineData("/network")]
    [InlineData("/commissioning")]
    [InlineData("/alarms")]
    [InlineData("/replay")]
    public async Task Get_AnAddressOfThePage_IsItsIndexAndNeverStored(string path)
    {
        var response = await _host.Http.GetAsync(path);

        Assert.Equal("<title>the page</title>", await response.Content.ReadAsStringAsync());
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Get_AHashedAsset_MayBeKeptForEver()
    {
        var response = await _host.Http.GetAsync("/assets/main-5f3a.js");

        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/assets/gone.js")]
    [InlineData("/assets/../../secret")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/bed/icu1")]
    public async Task Get_WhatIsNoAddress_IsNotFound(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/main-5f3a.js")]
    [InlineData("/api/ward")]
    [InlineData("/api/nothing")]
    public async Task Get_Anything_CarriesTheSecurityHeaders(string path)
    {
        var response = await _host.Http.GetAsync(path);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains($"ws://{_host.Address.Authority}", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Get_ByAnotherName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ward") { Headers = { Host = "rebound.example" } };

        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Get_PageNotBuilt_SaysSoInASentence()
    {
        await using var host = await DashboardHost.StartAsync(options => options.PageFolder = Path.Combine(_folder, "absent"));

        var response = await host.Http.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("not built", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;

namespace FieldNet.Dashboard.Page;

/// <summary>The built page: its files, and <c>index.html</c> for each of its addresses.</summary>
internal static class PageFiles
{
    /// <summary>Addresses of the page's own views (contract, "HTTP").</summary>
    public static readonly string[] Addresses = ["/", "/bed/{ward}/{bed}", "/network", "/commissioning", "/alarms", "/replay"];

    private const string NotBuilt = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>FieldNet</title>
        <p>The agent runs, but its page is not built. Start it with <code>./fieldnet demo</code> or <code>./fieldnet serve</code>,
        which build it, or look at <a href="/api/ward">/api/ward</a>.</p></html>
        """;

    public static void Map(WebApplication app, string? folder)
    {
        var index = folder is null ? null : Path.Combine(Path.GetFullPath(folder), "index.html");
        if (index is not null && File.Exists(index))
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(index)!),
                OnPrepareResponse = file => SetCaching(file.Context),
            });
        }

        foreach (var address in Addresses)
        {
            app.MapGet(address, (HttpContext context) => Index(context, index)).ExcludeFromDescription();
        }
    }

    private static IResult Index(HttpContext context, string? index)
    {
        context.Response.Headers.CacheControl = "no-store";
        return index is not null && File.Exists(index)
            ? TypedResults.PhysicalFile(index, "text/html; charset=utf-8")
            : TypedResults.Text(NotBuilt, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The build puts a hash into the name of each asset, so an asset never changes; all else may with the next version.</summary>
    private static void SetCaching(HttpContext context) =>
        context.Response.Headers.CacheControl = context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-store";
}

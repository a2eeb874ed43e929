using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FieldNet.Dashboard.Page;

/// <summary>What keeps other web sites, open in the same browser, away from the ward.</summary>
internal static class BrowserGuards
{
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]");

    /// <param name="allowedOrigins">Other sites that may.</param>
    public static void UseBrowserGuards(this IApplicationBuilder app, IReadOnlyCollection<string> allowedOrigins)
    {
        app.Use(SetHeaders);
        app.Use((context, next) => RefuseOtherOrigins(context, next, allowedOrigins));
    }

    private static Task SetHeaders(HttpContext context, RequestDelegate next)
    {
        // At the start of the response, because an error handler clears what was set before.
        context.Response.OnStarting(static state =>
        {
            var (request, headers) = (((HttpContext)state).Request, ((HttpContext)state).Response.Headers);
            headers.ContentSecurityPolicy = Policy(request.Host.Value ?? "");
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    // Older Safari does not count a WebSocket to the page's own host as 'self'.
    private static string Policy(string host)
    {
        var sockets = host.Length > 0 && !host.AsSpan().ContainsAnyExcept(HostCharacters) ? $" ws://{host} wss://{host}" : "";
        return $"default-src 'self'; connect-src 'self'{sockets}; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /// <summary>The same-origin policy does not cover WebSockets: without this any web page could read the ward from a nurse's browser.</summary>
    private static Task RefuseOtherOrigins(HttpContext context, RequestDelegate next, IReadOnlyCollection<string> allowed)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, WithoutDefaultPort(context.Request), StringComparison.OrdinalIgnoreCase))
            || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return next(context);
        }

        return TypedResults.Problem(
            title: "Another site's page", detail: "Only the agent's own page may read from it.", statusCode: StatusCodes.Status403Forbidden)
            .ExecuteAsync(context);
    }

    private static string WithoutDefaultPort(HttpRequest request)
    {
        var defaultPort = request.IsHttps ? 443 : 80;
        return request.Host.Port == defaultPort ? request.Host.Host : request.Host.Value ?? "";
    }
}

using System.ComponentModel.DataAnnotations;

namespace FieldNet.Dashboard;

/// <summary>How the dashboard is served.</summary>
public sealed class DashboardOptions
{
    /// <summary>Folder of the built page (with <c>index.html</c>). Default null: no page, only the stream and the API.</summary>
    public string? PageFolder { get; set; }

    /// <summary>Most screens that may watch at a time. Default 64; one more is refused with a sentence.</summary>
    [Range(1, 1000)]
    public int MaxViewers { get; set; } = 64;

    /// <summary>Names by which a browser may address the agent, without port. Default: loopback only, which stops DNS rebinding; <c>*</c> is any.</summary>
    [MinLength(1)]
    public IList<string> AllowedHosts { get; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Other sites whose pages may read from the agent, as a browser names them (<c>https://ward.example</c>). Default: none.</summary>
    public List<string> AllowedOrigins { get; } = [];
}

namespace FieldNet.Edge.Agent;

/// <summary>Finds the built page: beside the executable when installed, in the checkout otherwise.</summary>
internal static class PageFolder
{
    /// <returns>Null when the page has not been built; the dashboard then says so.</returns>
    public static string? Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var candidate in (string[])[Path.Combine(folder, "wwwroot"), Path.Combine(folder, "dashboards", "FieldNet.Dashboard", "wwwroot")])
            {
                if (File.Exists(Path.Combine(candidate, "index.html")))
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}

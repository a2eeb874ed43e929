using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Site;

/// <summary>Reads <c>site.yaml</c>: the ward's limits, the plan of the network and its sources, for <c>serve</c> and for <c>replay --config</c> alike.</summary>
/// <remarks>
/// Shape: <c>ages</c>, <c>link</c> and <c>network</c>, all optional (docs/operations.md lists their keys). A key that is not known is
/// refused: a limit that is misspelt must not silently be another one. Errors: <see cref="BadArgumentException"/>, one sentence with the line.
/// </remarks>
internal static class SiteFile
{
    /// <param name="path">Null for the defaults.</param>
    /// <param name="withSources">False: the sources of the network, and the files that they name, are not looked at.</param>
    public static SiteOptions Read(string? path, bool withSources = true)
    {
        if (path is null)
        {
            return new SiteOptions();
        }

        var file = new SiteYaml(path);
        var options = new SiteOptions();
        foreach (var (name, section) in file.Load() is { } root ? file.Entries("", root) : [])
        {
            if (name == "network")
            {
                options = NetworkSection.Read(file, section, options, withSources);
                continue;
            }

            if (!LimitKeys.Has(name))
            {
                throw file.Wrong(section, $"'{name}' is no section; there are ages, link and network");
            }

            foreach (var (key, value) in file.Entries(name, section))
            {
                options = options with { Ward = LimitKeys.Set(file, options.Ward, $"{name}.{key}", value) };
            }
        }

        return options with { Ward = LimitKeys.Checked(file, options.Ward) };
    }
}

using System.Diagnostics;
using System.Xml.Linq;

namespace FieldNet.Architecture.Tests;

/// <summary>The project's own files, as git sees them: tracked, or new and not ignored.</summary>
internal static class SourceTree
{
    public static readonly string Root = FindRoot();

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static readonly IReadOnlyList<string> Files = ListFiles();

    /// <summary>C# that people wrote.</summary>
    public static readonly IReadOnlyList<string> CSharp = [.. Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))];

    public static readonly IReadOnlyList<string> Projects = [.. Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    public static XDocument Xml(string file) => XDocument.Load(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FieldNet.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No FieldNet.sln above {AppContext.BaseDirectory}.");
    }

    private static string[] ListFiles()
    {
        // safe.directory: the tree may belong to another user than the one who tests it.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var names = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(f => File.Exists(Path.Combine(Root, f)))]
            : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode}.");
    }
}

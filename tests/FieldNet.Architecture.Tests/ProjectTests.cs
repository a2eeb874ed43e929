namespace FieldNet.Architecture.Tests;

public sealed class ProjectTests
{
    [Fact]
    public void Projects_ReferenceEachOther_OnlyAlongTheArrows() =>
        Findings.MustBeNone(
            from project in SourceTree.Projects
            let room = Rooms.Of(project)
            let mayKnow = Rooms.MayKnow(room)
            from reference in SourceTree.Xml(project).Descendants("ProjectReference")
            let known = Rooms.Of(reference.Attribute("Include")!.Value)
            where mayKnow is null || !mayKnow.Contains(known)
            select $"{room} must not know {known} (docs/architecture.md, Rooms.cs)");

    [Fact]
    public void Projects_InTheTree_AreInTheTableAndTheSolution()
    {
        var solution = SourceTree.Read("FieldNet.sln").Replace('\\', '/');

        Findings.MustBeNone(
            [
                .. SourceTree.Projects.Where(p => Rooms.MayKnow(Rooms.Of(p)) is null).Select(p => $"{p} is not a room of Rooms.cs"),
                .. SourceTree.Projects.Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal)).Select(p => $"{p} is not in FieldNet.sln"),
            ]);
    }

    [Fact]
    public void Projects_ByName_LieInTheirFolder() =>
        Findings.MustBeNone(
            from project in SourceTree.Projects
            let name = Path.GetFileNameWithoutExtension(project)
            where Path.GetFileName(Path.GetDirectoryName(project)) != name
            select $"{project} should lie in a folder {name}");

    [Fact]
    public void PackageVersions_AreSet_InDirectoryPackagesPropsOnly() =>
        Findings.MustBeNone(
            from file in SourceTree.Files
            where (file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal)
                || file.EndsWith(".targets", StringComparison.Ordinal)) && file != "Directory.Packages.props"
            from element in SourceTree.Xml(file).Descendants()
            where element.Name.LocalName is "PackageVersion"
                || (element.Name.LocalName is "PackageReference" && (element.Attribute("Version") ?? element.Attribute("VersionOverride")) is not null)
            select $"{file}: {element}");

    [Fact]
    public void Packages_OfEveryProject_AreLocked() =>
        Findings.MustBeNone(
            from project in SourceTree.Projects
            let lockFile = $"{Path.GetDirectoryName(project)}/packages.lock.json"
            where !SourceTree.Files.Contains(lockFile)
            select $"{lockFile} is missing: dotnet restore writes it");
}

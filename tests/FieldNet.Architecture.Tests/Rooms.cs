namespace FieldNet.Architecture.Tests;

/// <summary>Who may know whom: the arrows of <c>docs/architecture.md</c>, as data.</summary>
internal static class Rooms
{
    private static readonly string[] All =
    [
        "Telemetry", "Mqtt", "Capture", "Signals", "Detection", "Ward", "Slice", "History", "Commissioning", "Bedside", "Dashboard",
    ];

    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Telemetry"] = [],
        ["Mqtt"] = ["Telemetry"],
        ["Capture"] = ["Telemetry", "Mqtt"],
        ["Signals"] = ["Telemetry"],
        ["Detection"] = ["Telemetry", "Signals"],
        ["Ward"] = ["Telemetry", "Detection"],
        ["Slice"] = ["Telemetry"],
        ["History"] = ["Telemetry", "Detection"],
        ["Commissioning"] = ["Telemetry"],
        ["Bedside"] = ["Telemetry", "Mqtt", "Capture"],
        ["Dashboard"] = ["Telemetry", "Ward"],
        ["Edge"] = All,
        ["TestKit"] = All,
        ["Architecture.Tests"] = [],
        ["EndToEnd.Tests"] = [.. All, "Edge", "TestKit"],
        ["Benchmarks"] = [.. All, "TestKit"],
        ["LoadBench"] = All,
    };

    /// <summary>The rooms that <paramref name="room"/> may reference; null for a room that the table does not know.</summary>
    /// <remarks>A room's test project may know that room, whatever the room knows, and the test kit.</remarks>
    public static IReadOnlyCollection<string>? MayKnow(string room)
    {
        if (Arrows.TryGetValue(room, out var known))
        {
            return known;
        }

        return room.EndsWith(".Tests", StringComparison.Ordinal) && Arrows.TryGetValue(room[..^".Tests".Length], out var tested)
            ? [room[..^".Tests".Length], .. tested, "TestKit"]
            : null;
    }

    /// <summary><c>src/FieldNet.Ward/FieldNet.Ward.csproj</c> is the room <c>Ward</c>.</summary>
    public static string Of(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))["FieldNet.".Length..];
}

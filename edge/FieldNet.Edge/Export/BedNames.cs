using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Export;

/// <summary>What a bed is called in names of files and records.</summary>
internal static class BedNames
{
    /// <summary>Segments of a topic are letters, digits, <c>_</c> and <c>-</c>: all that a WFDB record's name may have.</summary>
    public static string Of(Topic topic) => $"{topic.Site}_{topic.Ward}_{topic.Bed}";
}

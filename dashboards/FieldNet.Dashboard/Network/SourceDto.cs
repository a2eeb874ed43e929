namespace FieldNet.Dashboard.Network;

/// <summary>One source of the 5G side.</summary>
/// <param name="Kind"><c>gnb amf smf upf prometheus unknown</c>.</param>
/// <param name="SinceMs">Since when it is reached, or not.</param>
/// <param name="ReportedMs">When it last answered, or was last asked in vain.</param>
/// <param name="Facts">What it last said, in short lines.</param>
public sealed record SourceDto(
    string Name, string Kind, bool Reached, double SinceMs, double ReportedMs, string Error, IReadOnlyList<string> Facts);

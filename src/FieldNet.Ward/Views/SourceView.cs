using FieldNet.Telemetry.Network;

namespace FieldNet.Ward.Views;

/// <summary>One source of the 5G side.</summary>
/// <param name="SinceUs">Since when it is reached, or not, log time.</param>
/// <param name="Facts">What it last said, as short lines for an engineer (<c>gNBs 1</c>, <c>PFCP peers 1</c>).</param>
public sealed record SourceView(string Name, NetworkSourceKind Kind, bool Reached, long SinceUs, long ReportedUs, string Error, IReadOnlyList<string> Facts);

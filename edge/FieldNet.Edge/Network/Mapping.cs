using FieldNet.Slice.Mapping;
using FieldNet.Telemetry.Network;

namespace FieldNet.Edge.Network;

/// <summary>What a mapping file says.</summary>
/// <param name="Kind">What the page is of.</param>
internal sealed record Mapping(NetworkSourceKind Kind, IReadOnlyList<MappingRule> Rules);

namespace FieldNet.Dashboard.Network;

/// <summary>One step of the chain from a device to its flow.</summary>
/// <param name="Step"><c>device gateway ip supi cell rnti slice five_qi</c>.</param>
/// <param name="Confidence">0 to 1; 1 is exact, less is inferred.</param>
/// <param name="From">Who says so.</param>
/// <param name="Planned">What was planned, if that is something else; null otherwise.</param>
public sealed record IdentityDto(string Step, string Value, double Confidence, string From, double SinceMs, string? Planned);

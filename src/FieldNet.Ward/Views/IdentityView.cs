namespace FieldNet.Ward.Views;

/// <summary>One step of the chain from a bed to its flow.</summary>
/// <param name="Step"><c>device gateway ip supi cell rnti slice five_qi</c>.</param>
/// <param name="Confidence">0 to 1: 1 is said by the thing itself or exact in the core, less is inferred.</param>
/// <param name="From">Who says so: <c>plan</c>, <c>gateway</c>, or the name of a source.</param>
/// <param name="SinceUs">Log time since when it is so.</param>
/// <param name="Planned">What was planned, if that is something else; null otherwise.</param>
public sealed record IdentityView(string Step, string Value, double Confidence, string From, long SinceUs, string? Planned);

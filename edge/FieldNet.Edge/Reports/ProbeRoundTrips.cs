namespace FieldNet.Edge.Reports;

/// <summary>Round trips without the reflector's own time. Null without a packet.</summary>
internal sealed record ProbeRoundTrips(double? Min, double? P50, double? P98, double? Max);

namespace FieldNet.Edge.Health;

/// <summary>How the agent itself did in one second. Null: not measured.</summary>
internal readonly record struct HealthFigures(double? GcPauseMs, double? ReadLagMs, double? QueueMs, double? CpuShare, bool Overloaded);

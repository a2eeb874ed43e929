using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>How a part of the network does, and what says so.</summary>
public readonly record struct PartHealth(PartCondition Condition, IReadOnlyList<Evidence> Evidence);

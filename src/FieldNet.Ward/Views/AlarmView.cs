using FieldNet.Telemetry.Messages;

namespace FieldNet.Ward.Views;

/// <summary>One alarm condition as the wall shows it.</summary>
/// <param name="Id">The deterministic id of the episode's events.</param>
/// <param name="SinceUs">Log time of the onset.</param>
public sealed record AlarmView(string Id, string Device, AlarmPhase Phase, AlarmCondition Condition, long SinceUs);

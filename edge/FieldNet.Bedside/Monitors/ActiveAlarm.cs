namespace FieldNet.Bedside.Monitors;

/// <summary>An alarm condition that is present now.</summary>
/// <param name="Id">Stable for this episode.</param>
/// <param name="OnsetUs">Microseconds since the patient's start.</param>
internal sealed record ActiveAlarm(AlarmRule Rule, string Id, long OnsetUs, double? Value, double? Low, double? High);

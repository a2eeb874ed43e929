namespace FieldNet.Dashboard.Replay;

/// <summary>An episode of the capture, to be drawn on its timeline.</summary>
/// <param name="EndMs">Null while it goes on.</param>
/// <param name="Kind">As in the events: <c>alarm link device clock data incident</c>.</param>
/// <param name="Severity"><c>high medium low info</c>.</param>
/// <param name="Text">What the alarm said, else the event's <c>what</c>.</param>
public sealed record ReplayMarkDto(double StartMs, double? EndMs, string Kind, string What, string Severity, string Subject, string Text);

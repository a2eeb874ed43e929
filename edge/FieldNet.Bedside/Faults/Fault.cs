namespace FieldNet.Bedside.Faults;

/// <summary>One fault of a script.</summary>
/// <param name="Subject"><c>site/ward</c>, <c>site/ward/bed</c> or <c>site/ward/bed/device</c>.</param>
/// <param name="Value">Milliseconds of latency or jitter; share of loss; otherwise 0.</param>
internal sealed record Fault(TimeSpan At, TimeSpan For, FaultKind What, string Subject, double Value)
{
    public TimeSpan End => At + For;

    public bool Touches(string device) =>
        device.StartsWith(Subject, StringComparison.Ordinal) && (device.Length == Subject.Length || device[Subject.Length] == '/');

    public bool IsActive(TimeSpan now) => now >= At && now < End;
}

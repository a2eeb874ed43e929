using FieldNet.Bedside.Network;

namespace FieldNet.Bedside.Faults;

/// <summary>One fault of a script.</summary>
/// <param name="Subject">
/// <c>site/ward</c>, <c>site/ward/bed</c>, <c>site/ward/bed/device</c> (a gateway's: all behind it), <c>site/ward/bed/device/SIGNAL</c>,
/// <c>cell:NAME</c>, <c>slice:NAME</c>, <c>core</c> or <c>backhaul</c>.
/// </param>
/// <param name="Value">Milliseconds of latency or jitter; share of loss; as <see cref="FaultKind"/> says; otherwise 0.</param>
internal sealed record Fault(TimeSpan At, TimeSpan For, FaultKind What, string Subject, double Value)
{
    public const string Core = "core", Backhaul = "backhaul", Agent = "agent", CellMark = "cell:", SliceMark = "slice:";

    public TimeSpan End => At + For;

    public OutageForm Form { get; init; }

    /// <summary>Of a core or cell that is down: its own functions can't be asked either.</summary>
    public bool IsUnreachable { get; init; }

    public bool Touches(string device) =>
        device.StartsWith(Subject, StringComparison.Ordinal) && (device.Length == Subject.Length || device[Subject.Length] == '/');

    public bool Touches(DevicePlace place) => Subject switch
    {
        Core or Backhaul => true,
        Agent => false,
        _ when Subject.StartsWith(CellMark, StringComparison.Ordinal) => place.Cell == Subject[CellMark.Length..],
        _ when Subject.StartsWith(SliceMark, StringComparison.Ordinal) => place.Slice == Subject[SliceMark.Length..],
        _ => Touches(place.Subject) || place.Gateway == Subject,
    };

    public bool IsActive(TimeSpan now) => now >= At && now < End;
}

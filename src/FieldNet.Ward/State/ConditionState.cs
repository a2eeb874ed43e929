using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Events;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.State;

/// <summary>One alarm condition in its life cycle.</summary>
public sealed class ConditionState
{
    public required AlarmCondition Condition { get; set; }

    public AlarmPhase Phase { get; set; }

    public required Episode Episode { get; set; }

    /// <summary>Socket time of the report that named it last.</summary>
    public long ConfirmedUs { get; set; }
}

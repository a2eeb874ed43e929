namespace FieldNet.Telemetry.Records;

/// <summary>A view whose state changes by time alone: says when it next must hear that time has moved.</summary>
/// <remarks>Threading: read on the sequencer thread, between records.</remarks>
public interface IDeadlineSource
{
    /// <summary>Log time of the earliest deadline, UTC microseconds; <see cref="long.MaxValue"/> when there is none.</summary>
    long NextDeadlineUs { get; }
}

namespace FieldNet.Telemetry.Messages;

/// <summary>Whether data are of a patient. Unspecified counts as real (wire contract, <c>Stamp.Mode</c>).</summary>
public enum DataMode : byte
{
    Unspecified = 0,
    Real = 1,
    Test = 2,
    Demo = 3,
    Replay = 4,
}

using FieldNet.Telemetry.Messages;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Enumerations of the wire, with what a number means that this version does not know.</summary>
/// <remarks>Each unknown number becomes what errs on the patient's side.</remarks>
internal static class WireEnums
{
    public static Validity ToValidity(ulong wire) => wire <= (ulong)Validity.Underflow ? (Validity)wire : Validity.Invalid;

    // Unspecified counts as real, so a mode of a later version must not become that: demo data could then pass for a patient's.
    public static DataMode ToMode(ulong wire) => wire <= (ulong)DataMode.Replay ? (DataMode)wire : DataMode.Test;

    public static ClockKind ToClock(ulong wire) => wire <= (ulong)ClockKind.Ptp ? (ClockKind)wire : ClockKind.Unspecified;

    public static DeviceState ToState(ulong wire) => wire <= (ulong)DeviceState.Offline ? (DeviceState)wire : DeviceState.Unspecified;

    public static AlarmKind ToKind(ulong wire) => wire <= (ulong)AlarmKind.Advisory ? (AlarmKind)wire : AlarmKind.Unspecified;

    // Never downgrade: an urgency that we can't read is the greatest while its alarm stands.
    public static AlarmPriority ToPriority(ulong wire, bool stands) =>
        wire <= (ulong)AlarmPriority.High ? (AlarmPriority)wire : stands ? AlarmPriority.High : AlarmPriority.Unspecified;

    // Nor believe a silence that we can't read.
    public static AlarmInactivation ToInactivation(ulong wire) =>
        wire <= (ulong)AlarmInactivation.Acknowledged ? (AlarmInactivation)wire : AlarmInactivation.Enabled;

    public static byte ToRegistration(ulong wire) => wire <= (ulong)Wire.LinkReport.Types.Registration.Denied ? (byte)wire : (byte)0;
}

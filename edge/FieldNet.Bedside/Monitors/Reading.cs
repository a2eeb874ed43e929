using FieldNet.Telemetry.Messages;

namespace FieldNet.Bedside.Monitors;

/// <summary>One number on the monitor's screen.</summary>
/// <param name="Value">Null while it can't be measured.</param>
/// <param name="MeasuredUs">Device time of an intermittent one, microseconds since the patient's start.</param>
internal readonly record struct Reading(
    string Signal, string Unit, double? Value, Validity Validity = Validity.Valid, bool Intermittent = false, long MeasuredUs = 0)
{
    /// <summary>Not measurable now, so not available; rounded as a monitor would show it.</summary>
    public static Reading Of(string signal, string unit, double? value, int decimals = 0) =>
        // Adding 0 turns a rounded -0 into 0.
        new(signal, unit, value is { } v ? Math.Round(v, decimals) + 0.0 : null, value is null ? Validity.NotAvailable : Validity.Valid);
}

using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Messages;

/// <summary>One number of a vitals message, in its signal's usual unit.</summary>
public struct NumericSample
{
    public Signal Signal;

    /// <summary>Meaningful only if <see cref="HasValue"/>; already converted to the signal's usual unit.</summary>
    public double Value;

    /// <summary>False: sensor off or not measured.</summary>
    public bool HasValue;

    public Validity Validity;

    /// <summary>NIBP and the like: shows its age, is never stale by period.</summary>
    public bool Intermittent;

    /// <summary>UTC microseconds by the device's clock; 0 if absent.</summary>
    public long MeasuredAtUs;

    /// <summary>Why this one number was refused (a sentinel, out of range); the others of the message still count.</summary>
    public Refusal Refusal;
}

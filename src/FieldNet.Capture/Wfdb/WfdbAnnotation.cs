namespace FieldNet.Capture.Wfdb;

/// <summary>One annotation of a record.</summary>
/// <param name="Sample">Frame to which it belongs, from 0.</param>
/// <param name="Code">Annotation code: 1 normal beat, 5 premature ventricular contraction, 28 rhythm change …</param>
/// <param name="Text">Auxiliary text such as <c>(N</c>; empty if none.</param>
/// <remarks>Source: WFDB <c>ecgcodes.h</c>.</remarks>
public readonly record struct WfdbAnnotation(long Sample, int Code, int Subtype, int Channel, int Number, string Text)
{
    /// <summary>The code stands for a heart beat.</summary>
    public bool IsBeat => Code is (>= 1 and <= 13) or 25 or 30 or 34 or 35 or 38 or 41;
}

namespace FieldNet.Ward.State;

/// <summary>What is believed of one step of a gateway's chain, who said so, and how sure that is.</summary>
/// <remarks>Shape: plain and serialisable. Units: log time, UTC microseconds.</remarks>
public sealed class StepState
{
    /// <summary>Empty: unknown.</summary>
    public string Value { get; set; } = "";

    /// <summary>0 to 1, as of when it was said.</summary>
    public double Confidence { get; set; }

    /// <summary><c>plan</c>, <c>gateway</c>, or the name of a source.</summary>
    public string From { get; set; } = "";

    /// <summary>Since when it is so, and when it was said last.</summary>
    public long SinceUs { get; set; }

    public long SaidUs { get; set; }

    /// <summary>Empty: nothing was planned.</summary>
    public string Planned { get; set; } = "";

    /// <summary>Something else that one who is believed less said last; empty when all agree.</summary>
    public string Contrary { get; set; } = "";

    public string ContraryFrom { get; set; } = "";

    public long ContraryUs { get; set; }
}

namespace FieldNet.Detection.Budgets;

/// <summary>How a class of service is served.</summary>
public enum FiveQiResource : byte
{
    NonGuaranteed = 0,

    /// <summary>Guaranteed bit rate.</summary>
    Guaranteed,

    /// <summary>Guaranteed bit rate, and a packet that is later than the delay budget counts as lost.</summary>
    DelayCritical,
}

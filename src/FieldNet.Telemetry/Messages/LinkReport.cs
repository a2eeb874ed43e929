namespace FieldNet.Telemetry.Messages;

/// <summary>What a gateway says of its radio link and of whom it serves. Absent is unknown, never 0.</summary>
public sealed class LinkReport
{
    public Stamp Stamp;

    /// <summary><c>bed/device</c> of each device behind the gateway.</summary>
    public List<string> Serves { get; } = [];

    public byte Registration { get; set; }

    public string Rat { get; set; } = "";

    public double? RsrpDbm { get; set; }

    public double? RsrqDb { get; set; }

    public double? SinrDb { get; set; }

    public double? RttMs { get; set; }

    public double? LossRatio { get; set; }
}

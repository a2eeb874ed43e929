namespace FieldNet.Telemetry.Messages;

/// <summary>What a gateway says of its radio link and of whom it serves. Absent is unknown, never 0.</summary>
public sealed class LinkReport
{
    public Stamp Stamp;

    /// <summary><c>bed/device</c> of each device behind the gateway.</summary>
    public List<string> Serves { get; } = [];

    /// <summary>As on the wire: 0 unspecified, 1 searching, 2 limited, 3 registered, 4 connected, 5 denied.</summary>
    public byte Registration { get; set; }

    /// <summary>Radio access technology: <c>NR_SA</c>, <c>NR_NSA</c>, <c>LTE</c>.</summary>
    public string Rat { get; set; } = "";

    public uint? Band { get; set; }

    /// <summary>Radio channel number (3GPP TS 38.104).</summary>
    public uint? Arfcn { get; set; }

    /// <summary>Physical cell id.</summary>
    public uint? Pci { get; set; }

    public ulong? NrCellId { get; set; }

    /// <summary>Tracking area code.</summary>
    public uint? Tac { get; set; }

    public double? RsrpDbm { get; set; }

    public double? RsrqDb { get; set; }

    public double? SinrDb { get; set; }

    /// <summary>Serial number of the SIM.</summary>
    public string Iccid { get; set; } = "";

    public string ImsiHash { get; set; } = "";

    public string Ip { get; set; } = "";

    /// <summary>Slice and service type.</summary>
    public uint? SliceSst { get; set; }

    /// <summary>Slice differentiator.</summary>
    public string SliceSd { get; set; } = "";

    /// <summary>Quality-of-service class of the 5G flow.</summary>
    public uint? FiveQi { get; set; }

    public double? RttMs { get; set; }

    /// <summary>Share of packets lost, 0 to 1.</summary>
    public double? LossRatio { get; set; }

    public bool? OnMains { get; set; }

    public double? BatteryPercent { get; set; }

    internal void Reset()
    {
        Stamp = default;
        Serves.Clear();
        Registration = 0;
        Rat = Iccid = ImsiHash = Ip = SliceSd = "";
        Band = Arfcn = Pci = Tac = SliceSst = FiveQi = null;
        NrCellId = null;
        RsrpDbm = RsrqDb = SinrDb = RttMs = LossRatio = BatteryPercent = null;
        OnMains = null;
    }
}

namespace FieldNet.Mqtt.Endpoint;

/// <summary>How many answers of each kind a batch wrote.</summary>
internal record struct PaidAnswers
{
    /// <summary>PUBACK and PUBREC.</summary>
    public int Publishes { get; set; }

    /// <summary>Of those, PUBACK that said that the disk is full.</summary>
    public int Unkept { get; set; }

    /// <summary>PUBREC behind which a PUBREL of this connection is to come.</summary>
    public int Held { get; set; }

    /// <summary>PUBCOMP.</summary>
    public int Releases { get; set; }

    /// <summary>SUBACK and UNSUBACK.</summary>
    public int Subscribes { get; set; }
}

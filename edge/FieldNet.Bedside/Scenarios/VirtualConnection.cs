namespace FieldNet.Bedside.Scenarios;

/// <summary>One of a device's MQTT connections. Times: microseconds since the scenario's start.</summary>
internal sealed class VirtualConnection(VirtualDevice device, string client, bool isMain)
{
    public VirtualDevice Device => device;

    public string Client => client;

    /// <summary>Carries the status and the Will.</summary>
    public bool IsMain => isMain;

    /// <summary>As the endpoint sees it.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The device's end of it is gone, whatever the endpoint thinks.</summary>
    public bool IsBroken { get; set; } = true;

    public long Number { get; set; }

    /// <summary>Arrival of its newest message: none may overtake it.</summary>
    public long LastArrivalUs { get; set; }

    public long LastHeardUs { get; set; }

    /// <summary>Not connected again before.</summary>
    public long RetryUs { get; set; }
}

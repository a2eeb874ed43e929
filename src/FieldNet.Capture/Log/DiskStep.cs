namespace FieldNet.Capture.Log;

/// <summary>How far the log has had to go because the disk fills. The public name is the member's name in snake_case.</summary>
public enum DiskStep
{
    /// <summary>There is room.</summary>
    Room = 0,

    /// <summary>Old waveforms go before their age.</summary>
    Evicting,

    /// <summary>The ballast is given up for vitals and alarms; new waveforms are shown and not logged.</summary>
    Ballast,

    /// <summary>No message is logged: MQTT 5 senders are told so, others wait.</summary>
    Refusing,
}

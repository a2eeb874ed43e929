using System.Net;

namespace FieldNet.Slice.Stamp;

/// <summary>One session of a <see cref="StampSender"/>.</summary>
public sealed record StampSenderOptions
{
    /// <summary>The port that RFC 8762 gives to reflectors.</summary>
    public const int PresetPort = 862;

    /// <summary>Names the session in its reports.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it measures: <see cref="FieldNet.Telemetry.Network.ProbeReport.Target"/>.</summary>
    public string Target { get; init; } = "";

    public required IPEndPoint Reflector { get; init; }

    /// <summary>Between two packets. Default 100 ms; at least 1 ms.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Behind this a packet is lost. Default 3 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>0 to 63, to match the flow that is judged by it; 46 is expedited forwarding. Default null: the system's.</summary>
    public int? Dscp { get; init; }

    /// <summary>Default null: unauthenticated.</summary>
    public StampKey? Key { get; init; }

    /// <summary>When cancelled, judge what is on its way before the end. Default true.</summary>
    public bool WaitsForLast { get; init; } = true;

    /// <summary>Session identifier of RFC 8972. Default 0: none.</summary>
    public ushort Ssid { get; init; }
}

using FieldNet.Detection.Radio;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>A gateway's radio and power as it reported them last, and what was found of them.</summary>
/// <remarks>Shape: plain and serialisable. Null is unknown.</remarks>
public sealed class RadioState
{
    public double? RsrpDbm { get; set; }

    public double? RsrqDb { get; set; }

    public double? SinrDb { get; set; }

    /// <summary>As in a link report; 0 unspecified.</summary>
    public byte Registration { get; set; }

    public RadioWeakness Weak;

    public HandoverPingPong PingPong = new();

    public UplinkLimit Uplink;

    public Registration Registered;

    public Episode? WeakEpisode { get; set; }

    public Episode? PingPongEpisode { get; set; }

    public Episode? UplinkEpisode { get; set; }

    public Episode? UnregisteredEpisode { get; set; }
}

using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;

namespace FieldNet.Bedside.Scenarios;

/// <summary>A device or gateway of a scenario: what the faults do to it now, and its clock.</summary>
internal sealed class VirtualDevice(DevicePlace place, GatewayPlace gateway, PlayedDelay path, IEnumerable<Fault> faults)
{
    /// <summary>How long an effect may be taken for that of now: flapping, ramps and drifts go on meanwhile.</summary>
    private const long FreshUs = 50_000;

    private readonly Fault[] _faults = [.. faults.Where(fault => fault.Touches(place)).OrderBy(fault => fault.At)];
    private FaultEffect _effect;
    private long _freshUntilUs = -1;

    public DevicePlace Place => place;

    public GatewayPlace Gateway => gateway;

    public PlayedDelay Path => path;

    public uint Epoch { get; set; } = 1;

    /// <summary>Small constant error of a clock that follows NTP.</summary>
    public long ClockErrorUs { get; set; }

    /// <summary>Number on the air; another after each attach. Of gateways.</summary>
    public uint Rnti { get; set; } = gateway.Rnti;

    public List<VirtualConnection> Connections { get; } = [];

    /// <summary>What an outage held back: its stream, and when it was measured.</summary>
    public Queue<(VirtualStream Stream, long AtUs)> Kept { get; } = new();

    /// <summary>When it first speaks: a device can come later than the ward.</summary>
    public long AppearsUs { get; set; }

    public FaultEffect EffectAt(long nowUs)
    {
        if (nowUs >= _freshUntilUs)
        {
            var now = TimeSpan.FromMicroseconds(nowUs);
            _effect = FaultEffect.Of(_faults, now);
            _freshUntilUs = nowUs + FreshUs;
            foreach (var fault in _faults)
            {
                Until(fault.At, nowUs);
                Until(fault.End, nowUs);
            }
        }
        return _effect;
    }

    private void Until(TimeSpan boundary, long nowUs)
    {
        long boundaryUs = boundary.Ticks / TimeSpan.TicksPerMicrosecond;
        if (boundaryUs > nowUs && boundaryUs < _freshUntilUs)
        {
            _freshUntilUs = boundaryUs;
        }
    }
}

using FieldNet.Detection.Availability;
using FieldNet.Detection.Budgets;
using FieldNet.Detection.Links;
using FieldNet.Detection.Radio;
using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Events;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.State;

/// <summary>One device at a bed, since its first message.</summary>
public sealed class DeviceState
{
    public int Index { get; set; }

    public int Bed { get; set; }

    public string Id { get; set; } = "";

    /// <summary><c>site/ward/bed/device</c>.</summary>
    public string Subject { get; set; } = "";

    public DataMode Mode { get; set; }

    /// <summary>The newest epoch that any of its streams named.</summary>
    public uint Epoch { get; set; }

    /// <summary>Socket time of its last message; 0 never.</summary>
    public long HeardUs { get; set; }

    public BedCondition State { get; set; } = BedCondition.Live;

    /// <summary>The agent started (or slept) and this device has not spoken since: nobody else is to blame.</summary>
    public bool UnknownBecauseOfAgent { get; set; }

    /// <summary>A connection that carried its facts closed without leave, and it has not spoken since.</summary>
    public bool ClosedWithoutLeave { get; set; }

    /// <summary>It has sent values or alarms, so its silence means something; a gateway has not.</summary>
    public bool IsSource => Measures || HasReportedAlarms;

    /// <summary>It reports of its own radio link.</summary>
    public bool IsGateway { get; set; }

    /// <summary>It has sent values.</summary>
    public bool Measures => Vitals.Period.LastUs > 0 || Waves.Count > 0 || Numerics.Count > 0;

    /// <summary>Socket time of its newest value; 0 never.</summary>
    public long MeasuredUs => Math.Max(Vitals.Period.LastUs, Waves.Count > 0 ? Waves.Max(wave => wave.Period.LastUs) : 0);

    public bool HasReportedAlarms { get; set; }

    public long AgentStartUs { get; set; }

    public List<ConnectionUse> Connections { get; set; } = [];

    public DeviceIdentity Identity { get; set; } = new();

    /// <summary>Over what it speaks, as far as the join knows.</summary>
    public PathState Path = new();

    /// <summary>Since when it is behind that gateway, log time; 0 when only the plan says so.</summary>
    public long PathSinceUs { get; set; }

    /// <summary>How many gateways name it themselves: more than one is a fault in their lists.</summary>
    public int NamedBy { get; set; }

    /// <summary>Gateways that it was behind before, oldest first, at most <see cref="WardLimits.IdentityChanges"/>.</summary>
    public List<IdentityChange> Moves { get; set; } = [];

    public StreamState Vitals { get; set; } = new();

    public List<WaveState> Waves { get; set; } = [];

    public List<NumericState> Numerics { get; set; } = [];

    public List<ConditionState> Conditions { get; set; } = [];

    public SequenceAccount AlarmSequence;

    /// <summary>Sequence number of the complete set of alarms taken last; 0 none, or it named none.</summary>
    public ulong CompleteAlarmSeq { get; set; }

    /// <summary>When the last complete set of alarms that was live was current, log time; 0 never.</summary>
    public long CompleteAtUs { get; set; }

    /// <summary>Conditions that a backlog told of and that are not settled.</summary>
    public List<BacklogCondition> Backlog { get; set; } = [];

    /// <summary>Socket time of the backlog's last alarm report.</summary>
    public long BacklogHeardUs { get; set; }

    public SequenceAccount StatusSequence;

    public LossWindow Loss { get; set; } = new();

    public DelayAboveFloor Delay;

    /// <summary>What detectors learn of its way to us.</summary>
    public LinkAccount Link { get; set; } = new();

    /// <summary>A gateway's reports of its own link.</summary>
    public StreamState Reports { get; set; } = new();

    public Episode? Silence { get; set; }

    /// <summary>Log time at which its last silence ended; 0 never.</summary>
    public long SilentUntilUs { get; set; }

    /// <summary>The silence that lasts counts as a link going down already.</summary>
    public bool IsDownCounted { get; set; }

    /// <summary>One of its streams is silent while others go on.</summary>
    public bool OneQuietStream { get; set; }

    /// <summary>What else its link or its clock is found to have, one of each kind.</summary>
    public List<Episode> Standing { get; set; } = [];

    /// <summary>Over the last minutes.</summary>
    public LossShare LossShare;

    /// <summary>Availability of its flow: of the quickest of its streams, <see cref="FlowIndex"/>.</summary>
    public ServiceTimeline Timeline;

    /// <summary>Index in <see cref="Waves"/>; −1 its vitals, or a gateway's reports; −2 none yet.</summary>
    public int FlowIndex { get; set; } = -2;

    public PowerSupply Power;

    public Episode? PowerEpisode { get; set; }

    /// <summary>Payload received since the agent's first start: the uplink volume by which a terminal on the air is recognised.</summary>
    public long Bytes { get; set; }

    public long RateSinceUs { get; set; }

    public long RateCount { get; set; }

    public double MessagesPerSecond { get; set; }

    /// <summary>The earliest deadline of this device in the heap; 0 none.</summary>
    public long ArmedUs { get; set; }
}

using FieldNet.Telemetry;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>Everything that the processor remembers from one record to the next.</summary>
/// <remarks>Shape: plain data, serialisable as it stands: a checkpoint is this object. No dictionary, so that nothing depends on hash order.</remarks>
public sealed class WardState
{
    /// <summary>Grows when the meaning of a field changes: a checkpoint of another version is not read.</summary>
    public const int CurrentVersion = 3;

    public int Version { get; set; } = CurrentVersion;

    /// <summary>The limits of the agent's last start, or those that a replay was given instead.</summary>
    public WardOptions Options { get; set; } = WardOptions.Default;

    /// <summary>Number of the last record applied.</summary>
    public long Record { get; set; }

    public long LogTimeUs { get; set; }

    /// <summary>Until this log time, after a short stall of the agent, ages are judged as of <see cref="HeldAtUs"/>.</summary>
    public long HoldUntilUs { get; set; }

    public long HeldAtUs { get; set; }

    /// <summary>Until this log time what is read may have waited for ourselves: no delay is taken from it.</summary>
    public long BusyUntilUs { get; set; }

    public string Site { get; set; } = "";

    public long EventNumber { get; set; }

    /// <summary>PUBLISH and Will records applied.</summary>
    public long Messages { get; set; }

    /// <summary>Waveform samples in them.</summary>
    public long Samples { get; set; }

    /// <summary>By <see cref="BedState.Index"/>.</summary>
    public List<BedState> Beds { get; set; } = [];

    /// <summary>By <see cref="DeviceState.Index"/>.</summary>
    public List<DeviceState> Devices { get; set; } = [];

    /// <summary>A binary heap, earliest first.</summary>
    public List<Deadline> Deadlines { get; set; } = [];

    /// <summary>The end of each second is among the deadlines.</summary>
    public bool HasSeconds { get; set; }

    public List<RefusalEpisode> RefusalEpisodes { get; set; } = [];

    /// <summary>The agent's own connection to another's broker, over which every device speaks; 0 none.</summary>
    public long BrokerConnection { get; set; }

    /// <summary>While that connection is down.</summary>
    public Episode? BrokerAbsence { get; set; }

    /// <summary>While the agent's disk has less room than it should.</summary>
    public Episode? DiskFilling { get; set; }

    /// <summary>What stands, and what ended so shortly ago that an incident may still explain it; in order of onset.</summary>
    public List<FindingState> Findings { get; set; } = [];

    /// <summary>Those that last, in order of onset.</summary>
    public List<IncidentState> Incidents { get; set; } = [];

    /// <summary>Those that ended in the last hour, oldest first, at most 100.</summary>
    public List<IncidentState> PastIncidents { get; set; } = [];

    /// <summary>Share of devices whose delay is not their usual one, as it is on most days: of the last minutes.</summary>
    public double UsualTrouble { get; set; }

    public NetworkState Network { get; set; } = new();

    /// <summary>Single numbers refused inside messages that otherwise counted, by <see cref="Refusal"/>.</summary>
    public long[] RefusedNumbers { get; set; } = new long[RefusalNames.Count];
}

using FieldNet.Capture.Log;
using FieldNet.Edge.AlarmPath;
using FieldNet.Edge.ExternalBroker;
using FieldNet.Edge.Health;
using FieldNet.Edge.History;
using FieldNet.Edge.Network;
using FieldNet.Edge.Verbs;
using FieldNet.Ward;

namespace FieldNet.Edge.Agent;

/// <summary>What an agent is started with.</summary>
internal sealed record AgentOptions
{
    /// <summary>Folder of the log; made if absent.</summary>
    public required string Data { get; init; }

    /// <summary>Ages, bytes and ballast of the log.</summary>
    public CaptureLogOptions Log { get; init; } = LogOptions.Preset;

    /// <summary>The site's limits for the ward's rules.</summary>
    public WardOptions Ward { get; init; } = WardOptions.Default;

    /// <summary>Sources of the 5G side to read.</summary>
    public IReadOnlyList<NetworkSourceOptions> Sources { get; init; } = [];

    /// <summary>Paths to probe.</summary>
    public IReadOnlyList<ProbeOptions> Probes { get; init; } = [];

    /// <summary>Answer others' probes. Null: no.</summary>
    public ReflectorOptions? Reflector { get; init; }

    /// <summary>Address of all listeners. Default: this machine only.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>0 takes a free port. So for <see cref="MqttPort"/>.</summary>
    public int Port { get; init; }

    public int MqttPort { get; init; }

    /// <summary>Listen to this broker instead of hosting an MQTT endpoint. Null: host one.</summary>
    public BrokerLinkOptions? Broker { get; init; }

    /// <summary>Port of MQTT over TLS. Null: there is none.</summary>
    public int? MqttsPort { get; init; }

    /// <summary>Certificate, with its chain behind it, and key, as PEM. Null: the agent's own, made at the first start.</summary>
    public (string Certificate, string Key)? TlsFiles { get; init; }

    /// <summary>Send the history to this server, too. Null: to none.</summary>
    public InfluxLinkOptions? Influx { get; init; }

    /// <summary>The alarm path's watchdog. Null: none.</summary>
    public AlarmPathOptions? AlarmPath { get; init; } = new();

    /// <summary>When the agent calls itself out of order.</summary>
    public HealthLimits Health { get; init; } = new();

    /// <summary>Other sites whose pages may speak to the agent.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Null: <c>events.jsonl</c> in the data folder.</summary>
    public string? Events { get; init; }

    /// <summary>Folder of the captures that the replay page offers beside the agent's own log. Null: <c>captures</c> in the data folder.</summary>
    public string? Captures { get; init; }

    /// <summary>The ready line goes to standard error because standard output is for the report.</summary>
    public bool ReadyOnStandardError { get; init; }
}

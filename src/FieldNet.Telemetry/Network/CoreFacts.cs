namespace FieldNet.Telemetry.Network;

/// <summary>A core function's counts. Each is null if that function does not say it.</summary>
public sealed record CoreFacts
{
    /// <summary>gNBs connected (AMF).</summary>
    public long? Gnbs { get; init; }

    /// <summary>Terminals connected over the RAN (AMF).</summary>
    public long? RanUes { get; init; }

    public long? RegisteredSubscribers { get; init; }

    /// <summary>Registrations asked for and failed, since the function's start.</summary>
    public long? RegistrationRequests { get; init; }

    public long? RegistrationFailures { get; init; }

    public long? AuthenticationFailures { get; init; }

    /// <summary>PDU sessions (SMF, UPF).</summary>
    public long? Sessions { get; init; }

    public long? SessionFailures { get; init; }

    /// <summary>User planes (SMF), or session managements (UPF), connected over N4.</summary>
    public long? PfcpPeers { get; init; }

    /// <summary>User packets in and out over N3, since the UPF's start.</summary>
    public long? N3PacketsIn { get; init; }

    public long? N3PacketsOut { get; init; }
}

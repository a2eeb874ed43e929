namespace FieldNet.Telemetry.Network;

/// <summary>What one source of the 5G side said when it was asked, in FieldNet's own words, whatever its maker's format was.</summary>
/// <remarks>
/// Shape: payload of a <see cref="Records.RecordKind.Network"/> record, as JSON with snake_case keys. Everything but the source may be
/// absent, and what is absent is unknown, never 0. Lists hold what the source knows of now; a source that does not know of a thing has no list.
/// </remarks>
public sealed record NetworkReport
{
    /// <summary>The source's name in the site file: <c>gnb-a</c>, <c>amf</c>.</summary>
    public required string Source { get; init; }

    public required NetworkSourceKind Kind { get; init; }

    /// <summary>It answered. When false, nothing else is said but <see cref="Error"/>.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>Why it could not be reached or understood, in a few words.</summary>
    public string? Error { get; init; }

    /// <summary>Radio cells (gNB).</summary>
    public IReadOnlyList<CellFacts>? Cells { get; init; }

    /// <summary>Terminals on the air, by RNTI (gNB).</summary>
    public IReadOnlyList<RadioUeFacts>? RadioUes { get; init; }

    /// <summary>Terminals that came and went since the last report (gNB): attach, reconfiguration, release.</summary>
    public IReadOnlyList<RadioUeEvent>? RadioEvents { get; init; }

    /// <summary>The gNB says that a core's AMF is connected to it; false: none is.</summary>
    public bool? AmfConnected { get; init; }

    /// <summary>Subscribers known to the AMF.</summary>
    public IReadOnlyList<SubscriberFacts>? Subscribers { get; init; }

    /// <summary>PDU sessions known to the SMF.</summary>
    public IReadOnlyList<SessionFacts>? Sessions { get; init; }

    /// <summary>gNBs connected to the AMF.</summary>
    public IReadOnlyList<GnbFacts>? Gnbs { get; init; }

    /// <summary>The core's own counts.</summary>
    public CoreFacts? Core { get; init; }

    /// <summary>Any other numbers, by a name of TS 28.552 where there is one (mapping files).</summary>
    public IReadOnlyList<NetworkMeasure>? Measures { get; init; }

    /// <summary>How many entries of its lists were left out, because a report has its limits.</summary>
    public int? LeftOut { get; init; }

    /// <summary>Its lists of subscribers, sessions and gNBs are as they were, and left out: <see cref="Over"/> has them.</summary>
    public bool? ListsUnchanged { get; init; }

    /// <summary>What is known of the source now: this report, with the lists that it leaves out as unchanged.</summary>
    /// <param name="before">The same of the report before it.</param>
    public NetworkReport Over(NetworkReport? before) => ListsUnchanged is not true || before is null ? this : this with
    {
        Subscribers = Subscribers ?? before.Subscribers,
        Sessions = Sessions ?? before.Sessions,
        Gnbs = Gnbs ?? before.Gnbs,
        LeftOut = LeftOut ?? before.LeftOut,
    };

    public byte[] ToJson() => NetworkJson.Write(this);

    /// <returns>Null when this is none: such a record changes nothing.</returns>
    public static NetworkReport? FromJson(ReadOnlySpan<byte> payload) => NetworkJson.Read<NetworkReport>(payload);
}

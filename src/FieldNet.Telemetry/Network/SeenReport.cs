namespace FieldNet.Telemetry.Network;

/// <summary>A step of the watchdog's TEST alarm along the alarm path of a ward.</summary>
/// <remarks>
/// Shape: payload of a <see cref="Records.RecordKind.Seen"/> record, JSON with snake_case keys. The record of <see cref="Sent"/> lies in the log before the
/// alarm itself, so that one which never arrives is missed by the log alone.
/// </remarks>
public sealed record SeenReport
{
    /// <summary>The agent is about to send it, and says until when all hops must have seen it.</summary>
    public const string Sent = "sent";

    /// <summary>The sender has its acknowledgement: from our own endpoint, that is, it is durable.</summary>
    public const string Committed = "committed";

    /// <summary>A screen of the wall has it.</summary>
    public const string Page = "page";

    /// <summary>So many screens are left of whom it is expected.</summary>
    public const string ScreensLeft = "screens";

    /// <summary><c>ward</c>, with the site before it if that is not the unit's own.</summary>
    public required string Ward { get; init; }

    /// <summary>Names the alarm; rises from one to the next of a ward, also over restarts.</summary>
    public required long Sequence { get; init; }

    public required string Hop { get; init; }

    /// <summary>When, log time.</summary>
    public required long SeenUs { get; init; }

    /// <summary>With <see cref="Sent"/> and <see cref="ScreensLeft"/>: screens of whom it is expected.</summary>
    public int? Screens { get; init; }

    /// <summary>With <see cref="Sent"/>: the site of the ward.</summary>
    public string? Site { get; init; }

    /// <summary>With <see cref="Sent"/>: how soon all hops must have seen it, and when the next is sent, microseconds.</summary>
    public long? PatienceUs { get; init; }

    public long? EveryUs { get; init; }

    public byte[] ToJson() => NetworkJson.Write(this);

    /// <returns>Null when this is none: such a record changes nothing.</returns>
    public static SeenReport? FromJson(ReadOnlySpan<byte> payload) => NetworkJson.Read<SeenReport>(payload);
}

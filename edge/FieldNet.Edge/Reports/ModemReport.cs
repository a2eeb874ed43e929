namespace FieldNet.Edge.Reports;

/// <summary>What <c>modem</c> reports (docs/protocol.md).</summary>
internal sealed record ModemReport
{
    public required long Sent { get; init; }

    public required long Acknowledged { get; init; }

    /// <summary>Readings that found no connection; they are not kept.</summary>
    public required long NotSent { get; init; }

    /// <summary>Times that the modem gave no answer that could be read.</summary>
    public required long Unreadable { get; init; }

    public required long Connections { get; init; }
}

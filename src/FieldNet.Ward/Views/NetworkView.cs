namespace FieldNet.Ward.Views;

/// <summary>The network page's content at one record, immutable.</summary>
public sealed record NetworkView
{
    public static readonly NetworkView Empty = new() { Record = 0, LogTimeUs = 0, Sources = [], Paths = [], Incidents = [], Watchdogs = [] };

    public required long Record { get; init; }

    public required long LogTimeUs { get; init; }

    /// <summary>The 5G side's sources, by name.</summary>
    public required IReadOnlyList<SourceView> Sources { get; init; }

    /// <summary>One for each device at a bed, in the order of beds, gateways of several beds last.</summary>
    public required IReadOnlyList<PathView> Paths { get; init; }

    /// <summary>Open ones first, newest first; then those that ended in the last hour.</summary>
    public required IReadOnlyList<IncidentView> Incidents { get; init; }

    /// <summary>The alarm path's watchdog, one for each ward.</summary>
    public required IReadOnlyList<WatchdogView> Watchdogs { get; init; }
}

namespace FieldNet.History.LineProtocol;

/// <summary>What FieldNet writes to a time-series server: every measurement, with its tags and typed fields.</summary>
/// <remarks>
/// Shape: docs/operations.md has the same as a table. Tags are closed sets of a site (places, devices, signals, words of the contract):
/// what is new with each episode or connection (ids, texts, cell numbers) is a field.
/// Types never change: servers refuse the second type of a field, and everything that comes with it.
/// </remarks>
public static class LineSchema
{
    /// <summary>Every number that was measured, at full resolution.</summary>
    public static readonly Measurement Numeric = new(
        "numeric",
        ["bed", "device", "signal", "site", "ward"],
        [new("value", FieldType.Float), new("late", FieldType.Integer)]);

    /// <summary>Every sample of a waveform; written by option only.</summary>
    public static readonly Measurement Wave = new(
        "wave",
        ["bed", "device", "signal", "site", "ward"],
        [new("value", FieldType.Float)]);

    /// <summary>What a gateway said of its radio link.</summary>
    public static readonly Measurement Link = new(
        "link",
        ["bed", "device", "site", "ward"],
        [
            new("rsrp_dbm", FieldType.Float), new("rsrq_db", FieldType.Float), new("sinr_db", FieldType.Float), new("rtt_ms", FieldType.Float),
            new("loss_ratio", FieldType.Float), new("battery_percent", FieldType.Float), new("registration", FieldType.Integer),
            new("band", FieldType.Integer), new("pci", FieldType.Integer), new("five_qi", FieldType.Integer), new("on_mains", FieldType.Integer),
            new("rat", FieldType.Text),
        ]);

    /// <summary>An event of kind <c>alarm</c>: <c>active</c> is 1 while it stands, 0 at its end.</summary>
    public static readonly Measurement Alarm = new(
        "alarm",
        ["bed", "device", "phase", "severity", "site", "ward", "what"],
        [
            new("active", FieldType.Integer), new("number", FieldType.Integer), new("id", FieldType.Text), new("cause", FieldType.Text),
            new("evidence", FieldType.Text),
        ]);

    /// <summary>An event of any other kind.</summary>
    public static readonly Measurement Event = new(
        "event",
        ["bed", "device", "kind", "phase", "severity", "site", "ward", "what"],
        [
            new("active", FieldType.Integer), new("number", FieldType.Integer), new("id", FieldType.Text), new("cause", FieldType.Text),
            new("evidence", FieldType.Text),
        ]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Measurement> All { get; } = [Numeric, Wave, Link, Alarm, Event];
}

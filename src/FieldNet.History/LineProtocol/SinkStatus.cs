namespace FieldNet.History.LineProtocol;

/// <summary>The figures of a <see cref="LineSink"/>.</summary>
/// <param name="Points">Stored by the server since the start, repetitions included.</param>
/// <param name="Rejected">Refused by the server for good since the start.</param>
/// <param name="LagUs">How old the newest record on the server is.</param>
/// <param name="Backlog">Records that live data have overtaken and that are not yet sent.</param>
/// <param name="KeepFrom">Records numbered lower are not needed any more: the ledger says so, durably.</param>
/// <param name="Reason">Why it waits, or why the server last refused points; null when neither.</param>
public sealed record SinkStatus(SinkState State, long Points, long Rejected, long LagUs, long Backlog, long KeepFrom, string? Reason);

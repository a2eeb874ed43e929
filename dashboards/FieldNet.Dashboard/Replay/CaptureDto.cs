namespace FieldNet.Dashboard.Replay;

/// <summary>A capture that can be replayed.</summary>
/// <param name="Id">What <c>POST /api/replay/sessions</c> takes.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind"><c>live</c> (the running agent's own log up to now), <c>fieldnet</c> (a data folder), <c>pcap</c>.</param>
/// <param name="FirstMs">Its beginning; null where only reading it would tell.</param>
/// <param name="ModifiedMs">When its files were last written.</param>
public sealed record CaptureDto(string Id, string Name, string Kind, double? FirstMs, double ModifiedMs, long Bytes);

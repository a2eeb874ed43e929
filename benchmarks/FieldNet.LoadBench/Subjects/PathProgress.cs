namespace FieldNet.LoadBench.Subjects;

/// <summary>How far an agent's path from socket to disk has come, from its metrics.</summary>
/// <param name="Messages">Decoded and through the ward processor.</param>
/// <param name="Records">Number of the last record.</param>
/// <param name="Committed">Every record up to this one is durable.</param>
/// <param name="Shed">Records left out of the log because it had no room.</param>
/// <param name="Refused">Messages refused, whatever the reason.</param>
internal readonly record struct PathProgress(long Messages, long Records, long Committed, long Shed, long Refused);

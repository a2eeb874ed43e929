namespace FieldNet.Dashboard.Replay;

/// <summary>One state of a replay.</summary>
/// <param name="Picture">Null while there is nothing to show: it seeks, or failed.</param>
/// <param name="HasEnded">Nothing more will come.</param>
public sealed record ReplayMoment(ReplayDto State, ReplayPicture? Picture, bool HasEnded);

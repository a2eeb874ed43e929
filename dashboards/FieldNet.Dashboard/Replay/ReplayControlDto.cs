namespace FieldNet.Dashboard.Replay;

/// <summary>What a replay shall do; what is null stays as it is.</summary>
/// <param name="Speed">0 as fast as it goes, else a multiple of real time from <see cref="LeastSpeed"/> to <see cref="MostSpeed"/>.</param>
/// <param name="PositionMs">Capture time to go to; beyond an end, that end.</param>
public sealed record ReplayControlDto(bool? Playing, double? Speed, double? PositionMs)
{
    public const double LeastSpeed = 0.1;
    public const double MostSpeed = 1000;

    internal bool IsValid => Speed is null or 0 or (>= LeastSpeed and <= MostSpeed) && PositionMs is null or (>= 0 and <= MostMs);

    /// <summary>Year 9999, so that milliseconds stay exact as microseconds.</summary>
    private const double MostMs = 253_402_300_799_999;
}

namespace FieldNet.Dashboard.Replay;

/// <summary>Which capture to replay.</summary>
/// <param name="Capture">A <see cref="CaptureDto.Id"/>.</param>
public sealed record ReplayOpenDto(string Capture);

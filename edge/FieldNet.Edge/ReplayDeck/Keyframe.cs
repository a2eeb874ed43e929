namespace FieldNet.Edge.ReplayDeck;

/// <summary>The ward of a capture at one record, to go on from.</summary>
/// <param name="Number">Of the record applied last.</param>
/// <param name="Ward">From <see cref="Ward.WardProcessor.SaveCheckpoint"/>.</param>
internal sealed record Keyframe(long TimeUs, long Number, byte[] Ward);

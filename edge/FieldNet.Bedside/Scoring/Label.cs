namespace FieldNet.Bedside.Scoring;

/// <summary>The truth about something that went wrong: one line of a label file.</summary>
/// <param name="What">As in events.</param>
/// <param name="Subject">Where; an event of it or of a part of it matches.</param>
/// <param name="Cause">Root cause, as of incidents; <c>background</c> for what a recorded path did by itself.</param>
/// <param name="EndUs">UTC microseconds; null: it never ended.</param>
/// <param name="Beds"><c>ward/bed</c>.</param>
public sealed record Label(string What, string Subject, string Cause, long StartUs, long? EndUs, IReadOnlyList<string> Beds)
{
    /// <summary>Ties together the lines of one fault; null: a fault of its own.</summary>
    public long? Fault { get; init; }

    /// <summary>An effect on the side: right to find, and no miss when it is not.</summary>
    public bool IsOptional { get; init; }
}

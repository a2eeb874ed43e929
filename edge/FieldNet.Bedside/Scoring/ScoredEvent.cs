namespace FieldNet.Bedside.Scoring;

/// <summary>The start of an event, as far as a score needs it.</summary>
/// <param name="Children">Ids that an incident explains, of its start and all its later lines.</param>
public sealed record ScoredEvent(
    string Id, long TimeUs, string Kind, string What, string Subject, string Cause, IReadOnlyList<string> Beds, IReadOnlyList<string> Children)
{
    public bool IsIncident => Kind == "incident";
}

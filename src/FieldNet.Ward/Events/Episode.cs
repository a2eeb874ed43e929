namespace FieldNet.Ward.Events;

/// <summary>An event that has started and not yet ended.</summary>
/// <remarks>Shape: plain and serialisable; part of a checkpoint.</remarks>
public sealed record Episode(string Kind, string What, string Subject, long OnsetUs, string Id)
{
    public EventSeverity Severity { get; set; }
}

namespace FieldNet.Ward.Events;

/// <summary>Phase of an event's episode. Public spelling: lower case.</summary>
public enum EventPhase : byte
{
    Start = 0,
    Update,
    End,
}

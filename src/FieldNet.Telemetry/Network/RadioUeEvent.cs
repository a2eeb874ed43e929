namespace FieldNet.Telemetry.Network;

/// <summary>A terminal came to a cell, was configured anew, or left it.</summary>
/// <param name="What"><c>create</c>, <c>reconfigure</c>, <c>remove</c>.</param>
public sealed record RadioUeEvent(uint Pci, uint Rnti, string What);

namespace FieldNet.Edge.AlarmPath;

/// <summary>A ward that has beds.</summary>
/// <param name="Name"><c>ward</c>, with the site before it if that is not the unit's own.</param>
internal sealed record WardOfBeds(string Site, string Name)
{
    /// <summary>Where its TEST alarms go.</summary>
    public string Topic => $"fieldnet/v1/{Site}/{Name[(Name.LastIndexOf('/') + 1)..]}/_watchdog/alarm";
}

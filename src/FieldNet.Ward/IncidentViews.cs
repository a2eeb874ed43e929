using FieldNet.Ward.Rules;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward;

/// <summary>Draws incidents: open ones first, newest first; then those of the last hour.</summary>
internal static class IncidentViews
{
    public static IReadOnlyList<IncidentView> Draw(WardState ward) =>
    [
        .. ward.Incidents.AsEnumerable().Reverse().Concat(ward.PastIncidents.AsEnumerable().Reverse()).Select(incident => new IncidentView(
            incident.Episode.Id, incident.Episode.What, IncidentRule.NameOf(incident.Cause), incident.Episode.Subject, incident.Episode.Severity,
            incident.Episode.OnsetUs, incident.EndUs > 0 ? incident.EndUs : null, [.. incident.Beds], incident.ChildCount, IncidentRule.EvidenceOf(ward, incident, ward.LogTimeUs, []))),
    ];
}

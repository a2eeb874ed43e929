using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Takes a second of an active probe.</summary>
internal static class ProbeRule
{
    public static void Apply(in RuleContext context, in LogRecord record)
    {
        if (ProbeReport.FromJson(record.Payload) is not { Session.Length: > 0 and <= WardLimits.IdentityText } report)
        {
            return;
        }

        var probes = context.Ward.Network.Probes;
        var probe = probes.Find(candidate => candidate.Session == report.Session);
        if (probe is null && probes.Count < WardLimits.Probes)
        {
            probe = new ProbeState { Session = report.Session, Newest = report };
            probes.Add(probe);
        }

        if (probe is not null)
        {
            (probe.Target, probe.Newest, probe.ReportedUs) = (report.Target, report, context.NowUs);
            probe.DarkSinceUs = report.Received > 0 ? 0 : report.Sent > 0 && probe.DarkSinceUs == 0 ? context.NowUs : probe.DarkSinceUs;
        }
    }
}

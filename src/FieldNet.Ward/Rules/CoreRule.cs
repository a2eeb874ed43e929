using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Joins what the core knows (address, subscriber, slice, class of service, cell) to the gateways.</summary>
/// <remarks>
/// The session management's table is exact: whoever has the address that a gateway says is its own is that gateway. Without a gateway's word the plan's
/// subscriber leads to the same tables, and what they say is then only as sure as the plan.
/// </remarks>
internal static class CoreRule
{
    private const double Exact = 1, Located = 0.95, LocatedIdle = 0.6, ByPlan = 0.6, OneOfSeveral = 0.7;

    public static void Take(in RuleContext context, NetworkReport report)
    {
        foreach (var subscriber in report.Subscribers ?? [])
        {
            if (subscriber is { GnbId.Length: > 0 and <= WardLimits.IdentityText, NrCellId: { } id } && context.Ward.Network.Cells.Find(cell => cell.NrCellId == id) is { } cell)
            {
                cell.GnbId = subscriber.GnbId;
            }
        }

        foreach (var gateway in context.Ward.Network.Gateways)
        {
            if (report.Sessions is { } sessions && SessionOf(context, gateway, sessions) is { } session)
            {
                TakeSession(context, gateway, session, report.Source);
            }

            if (report.Subscribers is { } subscribers)
            {
                TakeSubscriber(context, gateway, subscribers, report.Source);
            }
        }
    }

    /// <summary>SHA-256 of the digits of an IMSI, in lower-case hexadecimal, or at least its first 16 digits.</summary>
    public static bool IsHashOf(string imsiHash, string supi)
    {
        if (imsiHash.Length is < 16 or > 64)
        {
            return false;
        }

        var digits = supi.StartsWith("imsi-", StringComparison.Ordinal) ? supi[5..] : supi;
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(digits))).StartsWith(imsiHash, StringComparison.OrdinalIgnoreCase);
    }

    private static SessionFacts? SessionOf(in RuleContext context, GatewayState gateway, IReadOnlyList<SessionFacts> sessions)
    {
        var (ip, supi) = (gateway[GatewayStep.Ip], gateway[GatewayStep.Supi]);

        // An address that its gateway has not repeated may be another's by now.
        if (ip.From == StepRule.Gateway && !StepRule.IsStale(ip, context.NowUs) && HasAddressAlone(context, gateway)
            && sessions.FirstOrDefault(session => session.Ipv4 == ip.Value) is { } byAddress)
        {
            StepRule.Say(context.NowUs, gateway, GatewayStep.Supi, byAddress.Supi, Exact, CoreName);
            return byAddress;
        }

        if (gateway.ImsiHash.Length > 0 && supi.From != CoreName && !(supi.Value.Length > 0 && IsHashOf(gateway.ImsiHash, supi.Value)) && sessions.FirstOrDefault(session => IsHashOf(gateway.ImsiHash, session.Supi)) is { } byHash)
        {
            StepRule.Say(context.NowUs, gateway, GatewayStep.Supi, byHash.Supi, Exact, StepRule.Gateway);
            return byHash;
        }

        return supi.Value.Length > 0 ? sessions.FirstOrDefault(session => session.Supi == supi.Value) : null;
    }

    /// <summary>Of two gateways that claim one address the newer claim is right: it was reused, and the other has not noticed.</summary>
    private static bool HasAddressAlone(RuleContext context, GatewayState gateway)
    {
        var ip = gateway[GatewayStep.Ip];
        return !context.Ward.Network.Gateways.Exists(other => other != gateway && other[GatewayStep.Ip] is { From: StepRule.Gateway } claim
            && claim.Value == ip.Value && claim.SinceUs > ip.SinceUs);
    }

    private const string CoreName = "core";

    private static void TakeSession(in RuleContext context, GatewayState gateway, SessionFacts session, string source)
    {
        // As sure as the subscriber that led here; and an address once said by the core is confirmed by each report.
        var sure = gateway[GatewayStep.Supi].From == StepRule.Plan ? ByPlan : Exact;
        StepRule.Say(context.NowUs, gateway, GatewayStep.Ip, session.Ipv4 ?? "", Math.Min(sure, Located), source);
        GatewayRule.SaySlice(context, gateway, SliceState.NameOf(session.SliceSst, session.SliceSd), sure, source);
        if (session.FiveQi is { Count: > 0 } flows)
        {
            var fiveQi = FlowUsed(gateway, flows);
            StepRule.Say(
                context.NowUs, gateway, GatewayStep.FiveQi, fiveQi.ToString(CultureInfo.InvariantCulture),
                flows.Count > 1 ? Math.Min(sure, OneOfSeveral) : sure, source);
        }
    }

    /// <summary>Of several flows the one that is planned or that the gateway names, else the first: the default flow, which takes what no filter claims.</summary>
    private static uint FlowUsed(GatewayState gateway, IReadOnlyList<uint> flows)
    {
        var step = gateway[GatewayStep.FiveQi];
        foreach (var wanted in (ReadOnlySpan<string>)[step.From == StepRule.Gateway ? step.Value : step.ContraryFrom == StepRule.Gateway ? step.Contrary : "", step.Planned])
        {
            if (uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var fiveQi) && flows.Contains(fiveQi))
            {
                return fiveQi;
            }
        }

        return flows[0];
    }

    private static void TakeSubscriber(in RuleContext context, GatewayState gateway, IReadOnlyList<SubscriberFacts> subscribers, string source)
    {
        var supi = gateway[GatewayStep.Supi];
        var subscriber = supi.Value.Length > 0
            ? subscribers.FirstOrDefault(candidate => candidate.Supi == supi.Value)
            : gateway.ImsiHash.Length > 0 ? subscribers.FirstOrDefault(candidate => IsHashOf(gateway.ImsiHash, candidate.Supi)) : null;
        if (supi.Value.Length > 0 && supi.From != StepRule.Plan)
        {
            RegistrationRule.SeenAtCore(context, gateway, subscriber is not null);
        }

        if (subscriber is null)
        {
            return;
        }

        if (supi.From != StepRule.Plan)
        {
            StepRule.Say(context.NowUs, gateway, GatewayStep.Supi, subscriber.Supi, supi.Value.Length > 0 ? supi.Confidence : Exact, supi.From.Length > 0 ? supi.From : StepRule.Gateway);
        }

        var sure = Math.Min(subscriber.Connected == true ? Located : LocatedIdle, supi.From == StepRule.Plan ? ByPlan : Exact);
        GatewayRule.SayCell(context, gateway, NetworkPlaces.Cell(context.Ward.Network, subscriber.NrCellId, null), sure, source);
    }
}

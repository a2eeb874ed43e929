using System.Globalization;
using FieldNet.Detection.Budgets;
using FieldNet.Ward.Rules;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward;

/// <summary>Draws who each device is to the network, how sure that is, and how its flow does.</summary>
internal static class PathViews
{
    /// <summary>What its sayer has not repeated for long is no surer than this.</summary>
    private const double StaleConfidence = 0.5;

    private static readonly GatewayStep[] Steps = Enum.GetValues<GatewayStep>();

    /// <summary>Devices of beds in the order of beds, then gateways of several beds.</summary>
    public static IReadOnlyList<PathView> Draw(WardState ward) =>
    [
        .. ward.Beds.OrderBy(bed => !bed.HasTile).SelectMany(bed => bed.Devices).Select(index => Draw(ward, ward.Devices[index])),
    ];

    private static PathView Draw(WardState ward, DeviceState device)
    {
        var gateway = device.Path.Over >= 0 ? ward.Network.Gateways[device.Path.Over] : null;
        return new PathView
        {
            Bed = ward.Beds[device.Bed].Key,
            Device = device.Id,
            Chain = [.. Chain(ward, device, gateway)],
            Missing = [.. MissingSteps.Of(ward, device, gateway)],
            History = [.. device.Moves.Concat(gateway?.History ?? []).OrderByDescending(change => change.AtUs).Take(WardLimits.IdentityChanges)],
            Budget = Budget(ward, device, gateway),
            RsrpDbm = gateway?.Radio.RsrpDbm,
            SinrDb = gateway?.Radio.SinrDb,
            Link = TileViews.GradeOf(device),
        };
    }

    private static IEnumerable<IdentityView> Chain(WardState ward, DeviceState device, GatewayState? gateway)
    {
        yield return new IdentityView("device", device.Id, 1, "device", 0, null);
        if (gateway is null)
        {
            yield break;
        }

        var isItself = gateway.Device == device.Index;
        var said = isItself || device.NamedBy > 0;
        var confidence = !said ? StepRule.PlanConfidence : !isItself && device.NamedBy > 1 ? StaleConfidence : 1;
        yield return new IdentityView(
            "gateway", gateway.Key, Aged(confidence, gateway.ReportedUs, ward.LogTimeUs), said ? StepRule.Gateway : StepRule.Plan, device.PathSinceUs, PlannedGateway(ward, device, gateway));
        foreach (var step in Steps)
        {
            var state = gateway[step];
            if (state.Value.Length > 0)
            {
                yield return new IdentityView(
                    StepRule.NameOf(step), state.Value, state.From == StepRule.Plan ? state.Confidence : Aged(state.Confidence, state.SaidUs, ward.LogTimeUs), state.From,
                    state.SinceUs, Otherwise(ward, gateway, step));
            }
        }
    }

    /// <summary>What was planned for a step, if that is something else than what is so.</summary>
    private static string? Otherwise(WardState ward, GatewayState gateway, GatewayStep step)
    {
        // A cell that was planned by what it is called on the air may have got its own name since.
        var planned = step == GatewayStep.Cell && gateway.PlannedCell >= 0 ? ward.Network.Cells[gateway.PlannedCell].Name : gateway[step].Planned;
        return planned.Length > 0 && planned != gateway[step].Value ? planned : null;
    }

    /// <summary>The gateway that the plan has it behind, if that is another.</summary>
    private static string? PlannedGateway(WardState ward, DeviceState device, GatewayState gateway) =>
        ward.Network.Gateways.Find(other => other.Serves.Exists(served => served.Planned && served.Device == device.Index)) is { } planned && planned != gateway ? planned.Key : null;

    private static double Aged(double confidence, long saidUs, long nowUs) =>
        nowUs - saidUs > StepRule.StaleUs ? Math.Min(confidence, StaleConfidence) : confidence;

    private static BudgetView Budget(WardState ward, DeviceState device, GatewayState? gateway)
    {
        var used = gateway is not null && gateway[GatewayStep.FiveQi].From != StepRule.Plan ? gateway.FiveQi : null;
        var planned = gateway is not null && uint.TryParse(gateway[GatewayStep.FiveQi].Planned, NumberStyles.None, CultureInfo.InvariantCulture, out var fiveQi) ? fiveQi : (uint?)null;
        var budget = new BudgetView
        {
            FiveQi = used,
            PlannedFiveQi = planned,
            DelayBudgetMs = FiveQiTable.Find(used ?? planned)?.DelayBudgetMs,
            LossBudget = FiveQiTable.Find(used ?? planned)?.LossBudget,
            DelayP98Ms = device.Link.Delays.QuantileUs(0.98) is { } us ? Math.Round(us / 1000, 1) : null,
            LossRatio = device.LossShare.Ratio is { } ratio ? Math.Round(ratio, 6) : null,
            LinkAvailability = device.Timeline.LinkAvailability(ward.LogTimeUs),
            ServiceAvailability = device.Timeline.ServiceAvailability(ward.LogTimeUs),
            ObservedS = Math.Round(device.Timeline.ObservedUs(ward.LogTimeUs) / 1e6, 1),
        };
        return budget with { Findings = [.. Findings(ward, device, gateway, budget)] };
    }

    /// <summary>What a commissioning engineer must see; no event, since nothing has happened: it was built so.</summary>
    private static IEnumerable<string> Findings(WardState ward, DeviceState device, GatewayState? gateway, BudgetView budget)
    {
        if (budget is { FiveQi: { } used, PlannedFiveQi: { } planned } && used != planned)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"uses 5QI {used}, planned {planned}");
        }

        foreach (var (step, where) in ((GatewayStep, string)[])[(GatewayStep.Cell, "on cell"), (GatewayStep.Slice, "on slice"), (GatewayStep.Ip, "has address"), (GatewayStep.Supi, "is subscriber")])
        {
            if (gateway?[step] is { Value.Length: > 0 } state && state.From != StepRule.Plan && Otherwise(ward, gateway, step) is { } otherwise)
            {
                yield return $"{where} {state.Value}, planned {otherwise}";
            }
        }

        if (budget is { FiveQi: { } unknown, DelayBudgetMs: null })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"5QI {unknown} is no standardised class: its budget is not known");
        }

        if (device.Link.Delays.Count >= 50 && budget is { DelayP98Ms: { } delay, DelayBudgetMs: { } most } && delay > most)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"98 % within {delay} ms, budget {most} ms");
        }

        if (budget is { LossRatio: { } loss, LossBudget: { } mostLoss } && loss > mostLoss)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{100 * loss:0.###} % lost, budget {100 * mostLoss:0.#####} %");
        }
    }
}

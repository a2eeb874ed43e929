using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Takes up the plan of the site at each start of the agent: what it says stands until something surer is heard.</summary>
internal static class PlanRule
{
    public static void Take(in RuleContext context)
    {
        var (ward, network) = (context.Ward, context.Ward.Network);
        foreach (var cell in ward.Options.Network.Cells.Take(WardLimits.Cells))
        {
            Take(network, cell);
        }

        foreach (var gateway in network.Gateways)
        {
            Forget(gateway);
        }

        foreach (var plan in ward.Options.Network.Gateways)
        {
            if (plan.Gateway.Split('/').Length >= 3 && GatewayRule.Of(ward, plan.Gateway) is { } gateway)
            {
                Take(ward, gateway, plan);
            }
        }

        foreach (var device in ward.Devices)
        {
            PathRule.Bind(ward, device);
        }
    }

    private static void Take(NetworkState network, CellPlan plan)
    {
        var index = network.Cells.FindIndex(cell => cell.Name == plan.Name);
        index = index >= 0 ? index : plan.NrCellId is null && plan.Pci is null ? NewCell(network) : NetworkPlaces.Cell(network, plan.NrCellId, plan.Pci);
        if (index >= 0)
        {
            var cell = network.Cells[index];
            (cell.Name, cell.IsPlanned, cell.Source) = (plan.Name, true, plan.Source ?? cell.Source);
            (cell.NrCellId, cell.Pci) = (plan.NrCellId ?? cell.NrCellId, plan.Pci ?? cell.Pci);
        }
    }

    private static int NewCell(NetworkState network)
    {
        if (network.Cells.Count >= WardLimits.Cells)
        {
            return -1;
        }

        network.Cells.Add(new CellState());
        return network.Cells.Count - 1;
    }

    /// <summary>What the plan of an earlier start said is void.</summary>
    private static void Forget(GatewayState gateway)
    {
        (gateway.Planned, gateway.PlannedCell) = (false, -1);
        gateway.Cell = gateway[GatewayStep.Cell].From == StepRule.Plan ? -1 : gateway.Cell;
        gateway.Slice = gateway[GatewayStep.Slice].From == StepRule.Plan ? -1 : gateway.Slice;
        gateway.Serves.RemoveAll(served => served.SinceUs == 0);
        gateway.Serves.ForEach(served => served.Planned = false);
        foreach (var step in Enum.GetValues<GatewayStep>())
        {
            StepRule.Planned(gateway, step, "");
        }
    }

    private static void Take(WardState ward, GatewayState gateway, GatewayPlan plan)
    {
        gateway.Planned = true;
        foreach (var name in plan.Serves.Take(WardLimits.ServedPerGateway))
        {
            GatewayRule.Serve(ward, gateway, name).Planned = true;
        }

        var cell = plan.Cell is null ? -1 : NetworkPlaces.PlannedCell(ward.Network, plan.Cell);
        var slice = plan.Slice is null ? "" : SliceState.NameOf(plan.Slice);
        StepRule.Planned(gateway, GatewayStep.Cell, cell >= 0 ? ward.Network.Cells[cell].Name : plan.Cell ?? "");
        StepRule.Planned(gateway, GatewayStep.Slice, slice);
        StepRule.Planned(gateway, GatewayStep.FiveQi, plan.FiveQi?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        StepRule.Planned(gateway, GatewayStep.Supi, plan.Supi ?? "");
        StepRule.Planned(gateway, GatewayStep.Ip, plan.Ip ?? "");
        gateway.PlannedCell = cell;
        gateway.Cell = gateway[GatewayStep.Cell].From == StepRule.Plan ? cell : gateway.Cell;
        gateway.Slice = gateway[GatewayStep.Slice].From == StepRule.Plan ? NetworkPlaces.Slice(ward.Network, slice) : gateway.Slice;
    }
}

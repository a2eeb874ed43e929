using FieldNet.Telemetry.Wire;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Tests.Rules;

public sealed class PathRuleTests
{
    private const string Gateway = "chu/icu1/_ward/gw1";
    private const string Other = "chu/icu1/_ward/gw2";
    private readonly WardBench _bench = new();

    private State.DeviceState Monitor => _bench.Processor.State.Devices.Single(device => device.Subject == WardBench.Subject);

    [Fact]
    public void LinkReport_NamesAHeardDevice_PutsItOnItsCellAndSlice()
    {
        _bench.Vitals(0);
        _bench.Link(100, Gateway, report => Serve(report, "bed-03/mon1"));

        var path = Monitor.Path;
        Assert.Equal(Gateway, _bench.Processor.State.Devices[path.Gateway].Subject);
        Assert.Equal("18666712f", _bench.Processor.State.Network.Cells[path.Cell].Name);
        Assert.Equal("1-000001", _bench.Processor.State.Network.Slices[path.Slice].Name);
        Assert.Equal(path.Gateway, _bench.Processor.State.Devices[path.Gateway].Path.Gateway);
    }

    [Fact]
    public void LinkReport_NamesADeviceBeforeItSpeaks_IsItsPathOnceItDoes()
    {
        _bench.Link(100, Gateway, report => Serve(report, "bed-03/mon1"));
        _bench.Vitals(200);

        Assert.Equal(0, Monitor.Path.Gateway);
        Assert.Equal(0, Monitor.Path.Cell);
    }

    [Fact]
    public void LinkReport_OfAnotherCell_TakesAllBehindItAlong()
    {
        _bench.Vitals(0);
        _bench.Link(100, Gateway, report => Serve(report, "bed-03/mon1"));
        _bench.Link(1100, Gateway, report => Serve(report, "bed-03/mon1", pci: 8, nrCellId: 0x186667130));

        Assert.Equal("186667130", _bench.Processor.State.Network.Cells[Monitor.Path.Cell].Name);
        var change = Assert.Single(_bench.Processor.State.Network.Gateways[0].History);
        Assert.Equal(("cell", "18666712f", "186667130"), (change.Step, change.Before, change.After));
    }

    [Fact]
    public void LinkReport_OvertakenByANewerOne_ChangesNothing()
    {
        _bench.Vitals(0);
        _bench.Link(100, Gateway, report => Serve(report, "bed-03/mon1"));
        _bench.Link(200, Gateway, report => Serve(report, "bed-03/mon1"));
        _bench.Link(300, Gateway, report =>
        {
            Serve(report, "bed-04/mon1", pci: 8, nrCellId: 99);
            report.Stamp.Seq = 1;
        });

        Assert.Equal("18666712f", _bench.Processor.State.Network.Cells[Monitor.Path.Cell].Name);
        Assert.Single(_bench.Processor.State.Network.Gateways[0].Serves);
    }

    [Fact]
    public void TwoGateways_NameOneDevice_TheOneThatBeganLastHasItAndBothAreCounted()
    {
        _bench.Vitals(0);
        _bench.Link(100, Gateway, report => Serve(report, "bed-03/mon1"));
        _bench.Link(5100, Other, report => Serve(report, "bed-03/mon1", pci: 8, nrCellId: 99));
        _bench.Link(6100, Gateway, report => Serve(report, "bed-03/mon1"));

        Assert.Equal(Other, _bench.Processor.State.Devices[Monitor.Path.Gateway].Subject);
        Assert.Equal(2, Monitor.NamedBy);
        Assert.Equal("icu1/_ward/gw1", Assert.Single(Monitor.Moves).Before);

        _bench.Link(7100, Other, report => Serve(report, "bed-09/mon1", pci: 8, nrCellId: 99));
        Assert.Equal(Gateway, _bench.Processor.State.Devices[Monitor.Path.Gateway].Subject);
        Assert.Equal(1, Monitor.NamedBy);
    }

    [Fact]
    public void LinkReport_NamesAThousandDevices_KeepsABoundedList()
    {
        Assert.Equal(Telemetry.Refusal.TooManyItems, _bench.Link(50, Gateway, report => report.Serves.AddRange(Names(0, 1000))));
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal(Telemetry.Refusal.None, _bench.Link(100 + (round * 1000), Gateway, report => report.Serves.AddRange(Names(round * 250, 250))));
        }

        var gateway = Assert.Single(_bench.Processor.State.Network.Gateways);
        Assert.Equal(250, gateway.Serves.Count);
        Assert.Equal("bed-0750/mon1", gateway.Serves[0].Name);

        static IEnumerable<string> Names(int first, int count) => Enumerable.Range(first, count).Select(bed => $"bed-{bed:0000}/mon1");
    }

    [Fact]
    public void LinkReport_WithNothingInIt_LeavesEveryStepUnknown()
    {
        _bench.Link(100, Gateway, _ => { });

        var gateway = Assert.Single(_bench.Processor.State.Network.Gateways);
        Assert.All(gateway.Steps, step => Assert.Equal(("", 0.0), (step.Value, step.Confidence)));
        Assert.Equal((-1, -1, null, null, null), (gateway.Cell, gateway.Slice, gateway.FiveQi, gateway.Radio.RsrpDbm, gateway.Radio.SinrDb));
        Assert.Empty(_bench.Processor.State.Network.Cells);
    }

    [Fact]
    public void CellKnownByPciOnly_ItsIdentityBecomesKnown_IsRenamedAndNoHandover()
    {
        _bench.Link(100, Gateway, report => report.Pci = 7);
        Assert.Equal("pci-7", _bench.Processor.State.Network.Cells[0].Name);
        _bench.Link(1100, Gateway, report => (report.Pci, report.NrCellId) = (7, 0x10));

        Assert.Equal("10", Assert.Single(_bench.Processor.State.Network.Cells).Name);
        var gateway = _bench.Processor.State.Network.Gateways[0];
        Assert.Equal("10", gateway[GatewayStep.Cell].Value);
        Assert.Empty(gateway.History);
    }

    [Fact]
    public void Plan_NamesAGatewayNeverHeard_GivesThePathWhatThePlanKnows()
    {
        var options = new WardOptions
        {
            Network = new NetworkPlan
            {
                Cells = [new CellPlan { Name = "east", NrCellId = 0x18666712f, Pci = 7 }],
                Gateways = [new GatewayPlan { Gateway = "icu1/_ward/gw1", Serves = ["bed-03/mon1"], Cell = "east", Slice = "1-1", FiveQi = 70 }],
            },
        };
        _bench.AgentStart(0, WardSettings.ToJson(options));
        _bench.Vitals(100);

        Assert.Equal((-1, 0, 0, 0), (Monitor.Path.Gateway, Monitor.Path.Over, Monitor.Path.Cell, Monitor.Path.Slice));

        _bench.Link(200, Gateway, report => report.Pci = 7);
        Assert.Equal((1, 0, 0), (Monitor.Path.Gateway, Monitor.Path.Over, Monitor.Path.Cell));
        Assert.Equal("east", _bench.Processor.State.Network.Cells[0].Name);
    }

    [Fact]
    public void Checkpoint_InTheMiddle_KeepsThePaths()
    {
        _bench.Link(100, Gateway, report => Serve(report, "bed-03/mon1"));
        _bench.Vitals(200);
        var saved = _bench.Processor.SaveCheckpoint();
        var again = new WardBench();
        again.Processor.RestoreCheckpoint(saved, new Telemetry.Topics.TopicTable());

        Assert.Equal(saved, again.Processor.SaveCheckpoint());
        Assert.Equal(0, again.Processor.State.Devices[1].Path.Gateway);
    }

    private static void Serve(LinkReport report, string device, uint pci = 7, ulong nrCellId = 0x18666712f)
    {
        report.Serves.Add(device);
        (report.Pci, report.NrCellId, report.SliceSst, report.SliceSd) = (pci, nrCellId, 1, "000001");
    }
}

using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Bedside.Scenarios;

/// <summary>What gNBs and core functions of a scenario say when they are asked: a gNB each second, the core each two.</summary>
internal sealed class NetworkSources(Scenario scenario, VirtualDevice[] devices, VirtualLog log, VirtualAgenda agenda, Random random)
{
    private const long GnbEveryUs = 1_000_000, CoreEveryUs = 2_000_000, TimeOutUs = 900_000;

    /// <summary>Long scenarios are quiet ones: their sources are asked less often.</summary>
    private const int QuietTimes = 5;

    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly VirtualDevice[] _gateways = [.. devices.Where(device => device.Place.IsGateway)];
    private readonly int[] _cellOf = [.. Enumerable.Repeat(-1, devices.Count(device => device.Place.IsGateway))];
    private readonly List<RadioUeEvent> _events = [];
    private uint _attached;

    public void Begin()
    {
        int times = scenario.Lasting > Quiet ? QuietTimes : 1;
        for (int n = 0; n < scenario.Layout.Cells.Count; n++)
        {
            int cell = n;
            Repeat(random.Next(900_000), GnbEveryUs * times, now => Gnb(cell, now));
        }
        Repeat(random.Next(900_000), CoreEveryUs * times, Amf);
        Repeat(random.Next(900_000), CoreEveryUs * times, Smf);
        Repeat(random.Next(900_000), CoreEveryUs * times, Upf);
    }

    private void Repeat(long firstUs, long everyUs, Action<long> action) => agenda.Add(firstUs, now =>
    {
        action(now);
        Repeat(now + everyUs, everyUs, action);
    });

    private void Gnb(int index, long nowUs)
    {
        var cell = scenario.Layout.Cells[index];
        var down = Active(FaultKind.Silent, Fault.CellMark + cell.Name, nowUs);
        if (BackhaulDown(nowUs) || down is { IsUnreachable: true })
        {
            Unreachable(cell.Gnb, NetworkSourceKind.Gnb, nowUs);
            return;
        }
        bool isFull = Active(FaultKind.Congestion, Fault.CellMark + cell.Name, nowUs) is not null;
        _events.Clear();
        List<RadioUeFacts> terminals = [];
        for (int n = 0; n < _gateways.Length; n++)
        {
            var effect = _gateways[n].EffectAt(nowUs);
            int at = IsOnAir(effect) && down is null ? GatewayReport.CellOf(scenario.Layout, _gateways[n].Gateway, effect) : -1;
            Move(n, at, index, cell.Pci);
            if (at == index)
            {
                terminals.Add(Terminal(_gateways[n], effect, cell, isFull, nowUs));
            }
        }
        double used = isFull ? random.Between(0.94, 1) : Math.Min(0.9, 0.06 + 0.03 * terminals.Count) + random.Between(0, 0.04);
        Report(nowUs, new NetworkReport
        {
            Source = cell.Gnb,
            Kind = NetworkSourceKind.Gnb,
            Cells =
            [
                new()
                {
                    Pci = cell.Pci,
                    NrCellId = cell.NrCellId,
                    PrbDlShare = Math.Round(used * 0.8, 3),
                    PrbUlShare = Math.Round(used, 3),
                    FailedPdcchAllocations = isFull ? random.Next(200, 900) : random.Next(0, 3),
                    Msg3Failed = 0,
                    ErrorIndications = 0,
                    LateHarqs = 0,
                    SchedulerLatencyUs = Math.Round(random.Between(20, 40), 1),
                },
            ],
            RadioUes = terminals,
            RadioEvents = _events.Count > 0 ? [.. _events] : null,
        });
    }

    private void Move(int gateway, int at, int asked, uint pci)
    {
        if (_cellOf[gateway] == asked && at != asked)
        {
            _events.Add(new(pci, _gateways[gateway].Rnti, "remove"));
            _cellOf[gateway] = -1;
        }
        else if (at == asked && _cellOf[gateway] != asked)
        {
            _gateways[gateway].Rnti = (0x4601 + _attached++) % 0xFFF0;
            _events.Add(new(pci, _gateways[gateway].Rnti, "create"));
            _cellOf[gateway] = asked;
        }
    }

    private RadioUeFacts Terminal(VirtualDevice gateway, in FaultEffect effect, CellPlace cell, bool isFull, long nowUs)
    {
        bool isCrowded = isFull || Active(FaultKind.Congestion, Fault.SliceMark + gateway.Place.Slice, nowUs) is not null;
        bool isFaint = effect.UplinkLimited;
        double weak = effect.WeakDb / 30;
        int devicesBehind = gateway.Gateway.Serves.Count;
        return new()
        {
            Pci = cell.Pci,
            Rnti = gateway.Rnti,
            Cqi = Math.Round(Math.Max(2, random.Between(12, 15) - 9 * weak)),
            DlMcs = Math.Round(Math.Max(2, random.Between(24, 27) - 20 * weak), 1),
            UlMcs = Math.Round(isFaint ? random.Between(0, 4) : Math.Max(2, random.Between(22, 26) - 18 * weak), 1),
            DlBitPerS = Math.Round(random.Between(3_000, 6_000) * devicesBehind),
            UlBitPerS = Math.Round(random.Between(24_000, 30_000) * devicesBehind),
            DlBlockErrorShare = Math.Round(random.Between(0, 0.02) + 0.1 * weak, 3),
            UlBlockErrorShare = Math.Round(isFaint ? random.Between(0.25, 0.5) : random.Between(0, 0.03) + 0.15 * weak, 3),
            DlBufferBytes = isCrowded ? random.Next(40_000, 300_000) : random.Next(0, 400),
            UlBufferBytes = isCrowded || isFaint ? random.Next(60_000, 400_000) : random.Next(0, 900),
            PuschSnrDb = Math.Round(isFaint ? random.Between(-2, 3) : random.Between(18, 24) - 18 * weak, 1),
            PucchSnrDb = Math.Round(isFaint ? random.Between(-1, 4) : random.Between(16, 22) - 16 * weak, 1),
            PowerHeadroomDb = isFaint ? random.Next(-6, 1) : Math.Round(random.Between(16, 24) - 14 * weak),
            SchedulingRequestDelayMs = Math.Round(isCrowded ? random.Between(60, 200) : random.Between(4, 9), 1),
            TimingAdvanceNs = 520,
        };
    }

    private void Amf(long nowUs)
    {
        var down = Active(FaultKind.Silent, Fault.Core, nowUs);
        if (BackhaulDown(nowUs) || down is { IsUnreachable: true })
        {
            Unreachable("amf", NetworkSourceKind.Amf, nowUs);
            return;
        }
        GnbFacts[] gnbs =
        [
            .. scenario.Layout.Cells.Where(cell => down is null && Active(FaultKind.Silent, Fault.CellMark + cell.Name, nowUs) is not { IsUnreachable: true })
                .Select(cell => new GnbFacts(cell.Gnb, true) { ConnectedUes = _cellOf.Count(at => at >= 0 && scenario.Layout.Cells[at] == cell) }),
        ];
        Report(nowUs, new NetworkReport
        {
            Source = "amf",
            Kind = NetworkSourceKind.Amf,
            Gnbs = gnbs,
            Subscribers =
            [
                .. _gateways.Select((gateway, n) => new SubscriberFacts(gateway.Gateway.Supi, down is null && _cellOf[n] >= 0)
                {
                    GnbId = _cellOf[n] < 0 ? null : scenario.Layout.Cells[_cellOf[n]].Gnb,
                    NrCellId = _cellOf[n] < 0 ? null : scenario.Layout.Cells[_cellOf[n]].NrCellId,
                    Tac = 1,
                    RanUeNgapId = n + 1,
                    AllowedSlices = [scenario.Layout.Slices[gateway.Gateway.Slice].Id],
                }),
            ],
            Core = new() { Gnbs = gnbs.Length, RanUes = down is null ? _cellOf.Count(at => at >= 0) : 0, RegisteredSubscribers = _gateways.Length },
        });
    }

    private void Smf(long nowUs)
    {
        var down = Active(FaultKind.Silent, Fault.Core, nowUs);
        if (BackhaulDown(nowUs) || down is { IsUnreachable: true })
        {
            Unreachable("smf", NetworkSourceKind.Smf, nowUs);
            return;
        }
        Report(nowUs, new NetworkReport
        {
            Source = "smf",
            Kind = NetworkSourceKind.Smf,
            Sessions =
            [
                .. _gateways.Select(gateway => new SessionFacts(gateway.Gateway.Supi)
                {
                    Psi = 1,
                    Dnn = "clinical",
                    Ipv4 = gateway.Gateway.Ip,
                    SliceSst = scenario.Layout.Slices[gateway.Gateway.Slice].Sst,
                    SliceSd = scenario.Layout.Slices[gateway.Gateway.Slice].Sd,
                    FiveQi = [gateway.Gateway.FiveQi],
                    Active = down is null,
                }),
            ],
            Core = new() { Sessions = _gateways.Length, PfcpPeers = down is null ? 1 : 0 },
        });
    }

    private void Upf(long nowUs)
    {
        var down = Active(FaultKind.Silent, Fault.Core, nowUs);
        if (BackhaulDown(nowUs) || down is { IsUnreachable: true })
        {
            Unreachable("upf", NetworkSourceKind.Upf, nowUs);
            return;
        }
        Report(nowUs, new NetworkReport
        {
            Source = "upf",
            Kind = NetworkSourceKind.Upf,
            Core = new() { Sessions = down is null ? _gateways.Length : 0, PfcpPeers = down is null ? 1 : 0, N3PacketsIn = nowUs / 1000, N3PacketsOut = nowUs / 2000 },
        });
    }

    private void Report(long nowUs, NetworkReport report) => log.Own(RecordKind.Network, nowUs, report.ToJson());

    /// <summary>One finds out only when the time to answer is over.</summary>
    private void Unreachable(string source, NetworkSourceKind kind, long nowUs) =>
        agenda.Add(nowUs + TimeOutUs, now => Report(now, new() { Source = source, Kind = kind, Reached = false, Error = "no answer in time" }));

    private bool BackhaulDown(long nowUs) => Active(FaultKind.Silent, Fault.Backhaul, nowUs) is not null;

    private Fault? Active(FaultKind what, string subject, long nowUs)
    {
        var now = TimeSpan.FromMicroseconds(nowUs);
        foreach (var fault in scenario.Faults)
        {
            if (fault.What == what && fault.IsActive(now) && fault.Subject == subject)
            {
                return fault;
            }
        }
        return null;
    }

    private static bool IsOnAir(in FaultEffect effect) =>
        !(effect.Silent && effect.Form is OutageForm.Off or OutageForm.Reset) && !(effect.Unregistered && effect.Silent);
}

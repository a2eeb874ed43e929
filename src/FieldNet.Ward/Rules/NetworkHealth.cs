using FieldNet.Telemetry.Network;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Answers what the 5G side says of its own parts: what the cause of an incident is decided by, beside who is silent.</summary>
/// <remarks>Pure. A source that has not reported for <see cref="StepRule.StaleUs"/> says nothing.</remarks>
internal static class NetworkHealth
{
    /// <summary>A cell that its gNB answers without, or a function that is not reached, for so long is gone: two to five reports.</summary>
    private const long GoneUs = 3_000_000;

    /// <summary>Down: the AMF has no gNB, or no N4 peer is left, or no function of the core is reached while a gNB is, or all probes to it are dark while others are not.</summary>
    public static PartHealth Core(WardState ward, long nowUs)
    {
        var sources = Recent(ward, nowUs);
        var core = sources.FindAll(source => source.Kind is NetworkSourceKind.Amf or NetworkSourceKind.Smf or NetworkSourceKind.Upf);
        var evidence = new List<Evidence>();
        var down = false;
        var gnbReached = sources.Exists(source => source is { Kind: NetworkSourceKind.Gnb, Reached: true });
        var gnbsGone = !gnbReached && sources.Exists(source => source.Kind == NetworkSourceKind.Gnb);
        foreach (var source in core.FindAll(source => source.Reached))
        {
            // An AMF without gNBs is at fault only while there are some for it to have.
            down |= Broken(source, evidence) && !(source.Kind == NetworkSourceKind.Amf && gnbsGone);
        }

        var unreached = core.FindAll(source => !source.Reached);
        var noneReached = core.Count > 0 && unreached.Count == core.Count;
        if (unreached.Count > 0)
        {
            evidence.Add(new Evidence("core_unreached", Names(unreached)));
            down |= noneReached && gnbReached;
        }

        var probes = Probes(ward, nowUs, "core");
        evidence.AddRange(probes.Evidence);
        down |= probes.Condition == PartCondition.Down && gnbReached;
        var condition = down ? PartCondition.Down
            : unreached.Count > 0 || probes.Condition == PartCondition.Down ? PartCondition.Suspect
            : core.Count > 0 || probes.Condition == PartCondition.Good ? PartCondition.Good : PartCondition.Unknown;
        return new PartHealth(condition, evidence);
    }

    /// <summary>Down: neither any function of the core nor any gNB is reached, or all probes to it are dark.</summary>
    public static PartHealth Backhaul(WardState ward, long nowUs)
    {
        var sources = Recent(ward, nowUs);
        var probes = Probes(ward, nowUs, "backhaul");
        var evidence = new List<Evidence>(probes.Evidence);
        var all = sources.Count > 0 && sources.TrueForAll(source => !source.Reached);
        if (all)
        {
            evidence.Insert(0, new Evidence("unreached", Names(sources)));
        }

        var both = sources.Exists(source => source.Kind == NetworkSourceKind.Gnb) && sources.Exists(source => source.Kind != NetworkSourceKind.Gnb);
        var condition = (all && both) || probes.Condition == PartCondition.Down ? PartCondition.Down
            : all ? PartCondition.Suspect
            : sources.Count > 0 || probes.Condition == PartCondition.Good ? PartCondition.Good : PartCondition.Unknown;
        return new PartHealth(condition, evidence);
    }

    /// <summary>Down: its gNB is not reached while another source is, or answers without it, or has lost the AMF.</summary>
    /// <param name="cell">Index in <see cref="NetworkState.Cells"/>.</param>
    public static PartHealth Cell(WardState ward, int cell, long nowUs)
    {
        var (state, sources) = (ward.Network.Cells[cell], Recent(ward, nowUs));
        var evidence = new List<Evidence>();
        var (down, suspect, known) = (false, false, false);
        if (state.Source.Length > 0 && sources.Find(source => source.Name == state.Source) is { } gnb)
        {
            known = true;
            var gone = gnb.Reached && state.ReportedUs > 0 && gnb.AnsweredUs - state.ReportedUs > GoneUs;
            down |= gone || (!gnb.Reached && sources.Exists(source => source.Reached));
            suspect |= !gnb.Reached;
            if (gone || !gnb.Reached)
            {
                evidence.Add(new Evidence(gone ? "gnb_answers_without_cell" : "gnb_unreached", gnb.Name));
            }
        }

        if (state.GnbId.Length > 0 && sources.Find(source => source is { Reached: true, Newest.Gnbs: not null }) is { } amf)
        {
            known = true;
            var atAmf = amf.Newest!.Gnbs!.FirstOrDefault(candidate => candidate.Id == state.GnbId);
            if (atAmf is null || atAmf.SetupSucceeded == false)
            {
                down = true;
                evidence.Add(new Evidence(atAmf is null ? "gnb_missing_at_amf" : "ng_setup_failed", state.GnbId));
            }
        }

        var congested = state.Congested.State.IsOn;
        if (congested && state.Facts is { } facts)
        {
            evidence.AddRange([.. RadioRule.Known("prb_dl_share", facts.PrbDlShare), .. RadioRule.Known("prb_ul_share", facts.PrbUlShare)]);
        }

        var condition = down ? PartCondition.Down : suspect ? PartCondition.Suspect : congested ? PartCondition.Congested : known ? PartCondition.Good : PartCondition.Unknown;
        return new PartHealth(condition, evidence);
    }

    /// <param name="slice">Index in <see cref="NetworkState.Slices"/>.</param>
    public static PartHealth Slice(WardState ward, int slice, long nowUs)
    {
        var state = ward.Network.Slices[slice];
        var known = state.BlockShareUs > 0 && nowUs - state.BlockShareUs <= StepRule.StaleUs;
        return new PartHealth(
            state.Congested.State.IsOn ? PartCondition.Congested : known ? PartCondition.Good : PartCondition.Unknown,
            RadioRule.Known("resource_block_share", known ? state.BlockShare : null));
    }

    /// <summary>Of a gateway: it says itself, or the core does, that it is out of the network, or that its power fails.</summary>
    /// <param name="device">Index of the gateway in <see cref="WardState.Devices"/>.</param>
    public static PartHealth Gateway(WardState ward, int device, long nowUs)
    {
        var gateway = ward.Network.Gateways.Find(candidate => candidate.Device == device);
        var probes = Probes(ward, nowUs, PathRule.KeyOf(ward, ward.Devices[device]));
        var evidence = new List<Evidence>(probes.Evidence);
        var unregistered = gateway?.Radio.Registered.State.IsOn == true;
        var powerless = ward.Devices[device].Power is { State.IsOn: true } power && (power.Percent < 5 || power.MinutesLeft < 2);
        if (unregistered)
        {
            evidence.Add(new Evidence("unregistered", true));
        }

        evidence.AddRange(powerless ? RadioRule.Known("battery_percent", ward.Devices[device].Power.Percent) : []);
        var condition = unregistered || probes.Condition == PartCondition.Down ? PartCondition.Down
            : powerless ? PartCondition.Suspect
            : probes.Condition == PartCondition.Good ? PartCondition.Good : PartCondition.Unknown;
        return new PartHealth(condition, evidence);
    }

    /// <summary>Down when every probe of a target is dark; good when one answers.</summary>
    public static PartHealth Probes(WardState ward, long nowUs, string target)
    {
        var probes = ward.Network.Probes.FindAll(probe => probe.Target == target && nowUs - probe.ReportedUs <= StepRule.StaleUs);
        var dark = probes.FindAll(probe => probe.DarkSinceUs > 0);
        return probes.Count == 0 ? new PartHealth(PartCondition.Unknown, [])
            : dark.Count < probes.Count ? new PartHealth(PartCondition.Good, [])
            : new PartHealth(PartCondition.Down, [new Evidence("probes_dark", dark.Select(probe => probe.Session).Order(StringComparer.Ordinal).ToArray())]);
    }

    private static List<SourceState> Recent(WardState ward, long nowUs) => ward.Network.Sources.FindAll(source => nowUs - source.ReportedUs <= StepRule.StaleUs);

    private static string[] Names(List<SourceState> sources) => [.. sources.Select(source => source.Name).Order(StringComparer.Ordinal)];

    /// <summary>What a function of the core itself says is wrong with it.</summary>
    private static bool Broken(SourceState source, List<Evidence> evidence)
    {
        var report = source.Newest!;
        var connected = report.Gnbs?.Count(gnb => gnb.SetupSucceeded != false);
        var noGnb = source.Kind == NetworkSourceKind.Amf && (report.Core?.Gnbs == 0 || connected == 0);
        var noPeer = source.Kind != NetworkSourceKind.Amf && report.Core?.PfcpPeers == 0;
        if (noGnb)
        {
            evidence.Add(new Evidence("amf_gnbs", 0L));
        }

        if (noPeer)
        {
            evidence.Add(new Evidence("pfcp_peers_0", source.Name));
        }

        return noGnb || noPeer;
    }
}

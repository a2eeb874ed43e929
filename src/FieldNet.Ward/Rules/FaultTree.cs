using FieldNet.Detection.Incidents;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds the root of a finding: the lowest place of the tree above it of which enough is affected in the same way.</summary>
/// <remarks>
/// From the device upwards: a place is climbed to when most of what else hangs there is affected too, more than chance allows (binomial test), and when what hangs
/// elsewhere is not. A place with nothing else below it can't be told from its child, and the child is named. Source: docs/detectors/incidents.md.
/// </remarks>
internal sealed class FaultTree
{
    private const double Most = 0.6, Few = 0.35;

    /// <summary>Chance that an independent neighbour has the like within the same seconds, and what chance may be left.</summary>
    private const double ByChance = 0.02, Significance = 0.03;

    /// <summary>… or what this unit usually has: where links are bad, company comes by chance.</summary>
    private double ByItself => _what == "silent" ? ByChance : Math.Clamp(2 * _ward.UsualTrouble, ByChance, 0.5);

    private readonly WardState _ward;
    private readonly FindingState _finding;
    private readonly string _what;
    private readonly long _nowUs;
    private readonly long _sinceUs;

    /// <summary>What speaks over the air by itself: a gateway with all behind it, or a device without one.</summary>
    private readonly List<Limb> _limbs;

    /// <param name="sinceUs">Who was heard after this log time can't share the silence; 0 if it does not matter.</param>
    public FaultTree(WardState ward, FindingState finding, long nowUs, long sinceUs)
    {
        (_ward, _finding, _what, _nowUs, _sinceUs, _limbs) = (ward, finding, finding.Episode.What, nowUs, sinceUs, []);
        foreach (var device in ward.Devices)
        {
            var over = device.Path.Gateway >= 0 ? device.Path.Gateway : device.Index;
            var limb = _limbs.FindIndex(candidate => candidate.Root == over);
            if (limb < 0)
            {
                limb = _limbs.Count;
                _limbs.Add(new Limb(over, ward.Devices[over].Path.Cell, ward.Devices[over].Path.Slice, 0, 0));
            }

            if (Affected.By(ward, device, _what, nowUs, finding.Episode.OnsetUs, sinceUs, finding.EndUs > 0) is { } affected)
            {
                _limbs[limb] = _limbs[limb].With(affected);
            }
        }
    }

    public FaultPlace Root()
    {
        var finding = _finding;
        if (finding.Node > FaultNode.Gateway)
        {
            return new(finding.Node, finding.Index);
        }

        var device = _ward.Devices[finding.Index];
        if ((finding.Node == FaultNode.Sensor && !(finding.EndUs > 0 && device.Loss.LostTotal > 0)) || IsOneStream(device))
        {
            return new(FaultNode.Sensor, device.Index);
        }

        if (OverGateway(device) is not { } gateway)
        {
            return Above(device.Index, new(device.IsGateway ? FaultNode.Gateway : FaultNode.Device, device.Index));
        }

        return gateway.Node == FaultNode.Gateway ? Above(gateway.Index, gateway) : gateway;
    }

    /// <summary>The device, or its gateway; null when it has none, or is one itself.</summary>
    private FaultPlace? OverGateway(DeviceState device)
    {
        if (device.Path.Gateway < 0 || device.Path.Gateway == device.Index)
        {
            return null;
        }

        var (others, affected) = (0, 0);
        foreach (var other in _ward.Devices)
        {
            if (other.Index != device.Index && other.Path.Gateway == device.Path.Gateway && Affected.By(_ward, other, _what, _nowUs, _finding.Episode.OnsetUs, _sinceUs, _finding.EndUs > 0) is { } isAffected)
            {
                others++;
                affected += isAffected ? 1 : 0;
            }
        }

        // Delay is of the way, and the way is the gateway's, even when its own few reports do not show it yet. What else a gateway's reports do not have, it has not.
        var isOfTheWay = _what is "latency" or "jitter";
        var climbs = others == 0 ? _what != "silent" : affected >= Most * others || (isOfTheWay && (others == 1 || affected > 0));
        return new(climbs ? FaultNode.Gateway : FaultNode.Device, climbs ? device.Path.Gateway : device.Index);
    }

    private FaultPlace Above(int root, FaultPlace below)
    {
        var self = _limbs.Find(limb => limb.Root == root);
        var (cell, slice) = (self.Cell, self.Slice);
        var inCell = Count(limb => limb.Root != root && cell >= 0 && limb.Cell == cell);
        var elsewhere = Count(limb => limb.Root != root && (cell < 0 || limb.Cell != cell));
        var inSlice = Count(limb => limb.Root != root && slice >= 0 && limb.Slice == slice);
        var otherSlice = Count(limb => limb.Root != root && (slice < 0 || limb.Slice != slice));
        var all = (inCell.Members + elsewhere.Members, inCell.Affected + elsewhere.Affected);
        var everywhere = Passes(all) && elsewhere.Members > 0 && Share(elsewhere) >= Most && (inCell.Members == 0 || Share(inCell) >= Most)
            && (otherSlice.Members == 0 || Share(otherSlice) > Few);
        if (everywhere)
        {
            return FaultPlace.Whole;
        }

        var far = Count(limb => limb.Slice == slice && limb.Cell != cell);
        var beside = Count(limb => limb.Slice != slice && limb.Cell == cell);
        if (Passes(inSlice) && otherSlice.Members > 0 && Share(otherSlice) <= Few && (far.Members > 0 ? Share(far) >= Most : beside.Members > 0))
        {
            return new(FaultNode.Slice, slice);
        }

        return Passes(inCell) ? new(FaultNode.Cell, cell) : below;
    }

    private bool IsOneStream(DeviceState device) =>
        _what == "silent" && device.Silence is not null && !device.ClosedWithoutLeave && !Affected.IsOverdue(device, _nowUs) && device.OneQuietStream;

    private (int Members, int Affected) Count(Func<Limb, bool> which)
    {
        var (members, affected) = (0, 0);
        foreach (var limb in _limbs)
        {
            if (limb.Known > 0 && which(limb))
            {
                members++;
                affected += limb.IsAffected(_what) ? 1 : 0;
            }
        }

        return (members, affected);
    }

    private static double Share((int Members, int Affected) of) => of.Members == 0 ? 0 : of.Affected / (double)of.Members;

    /// <summary>Of delay, which comes and goes by itself, one neighbour is no company.</summary>
    private bool Passes((int Members, int Affected) of) =>
        of.Members > 0 && (of.Affected >= 2 || _what is not ("latency" or "jitter")) && Share(of) >= Most && BinomialTail.AtLeast(of.Affected, of.Members, ByItself) <= Significance;

    /// <param name="Root">Index of the gateway, or of the device that has none.</param>
    private readonly record struct Limb(int Root, int Cell, int Slice, int Known, int Hit)
    {
        /// <summary>One way is shared by all of a limb: of its delay the one that speaks most often knows most. Silence needs most of them.</summary>
        public bool IsAffected(string what) => what switch
        {
            "latency" or "jitter" => Hit > 0,
            "silent" => 2 * Hit > Known,
            _ => 2 * Hit >= Known,
        };

        public Limb With(bool affected) => this with { Known = Known + 1, Hit = Hit + (affected ? 1 : 0) };
    }
}

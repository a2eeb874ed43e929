using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Rules;

/// <summary>Works out what is late, stale or lost at one device, and when to look again.</summary>
/// <remarks>Idempotent: applied twice at one time it changes nothing the second time.</remarks>
internal static class DeviceAges
{
    /// <returns>The next log time at which something may change if nothing arrives; long.MaxValue never.</returns>
    public static long Evaluate(in RuleContext context, DeviceState device)
    {
        var next = long.MaxValue;
        var now = context.JudgedUs;
        var heard = device.HeardUs;
        var lost = device.UnknownBecauseOfAgent || device.ClosedWithoutLeave
            || (device.IsSource && Reached(now, heard + (device.Measures ? context.Ages.DeviceLostUs : context.Ages.AlarmsOnlyLostUs), ref next));

        var quiet = default(QuietStreams);
        var waves = WaveAges(context.Ages, device, now, lost, ref next, ref quiet);
        var numbers = VitalsAge(context.Ages, device, now, ref next, ref quiet);
        ReportsAge(context.Ages, device, now, ref next, ref quiet);
        var changed = NumericAges(context.Ages, device, now, lost, ref next) | waves.Changed;

        // What has ended no longer marks the tile, unless nothing else is left on it.
        var state = waves.Any || numbers is not null || !device.Measures ? Worst(waves.State, numbers ?? BedCondition.Live) : BedCondition.Stale;
        state = lost ? BedCondition.Lost : state;
        state = device.Identity.State switch
        {
            Telemetry.Messages.DeviceState.Standby or Telemetry.Messages.DeviceState.Transport or Telemetry.Messages.DeviceState.Offline
                when state is BedCondition.Late or BedCondition.Stale or BedCondition.Lost && !device.UnknownBecauseOfAgent && !device.ClosedWithoutLeave
                    && device.MeasuredUs <= device.Identity.StatedUs + AgeLimits.AfterglowUs => BedCondition.Standby,
            Telemetry.Messages.DeviceState.Service when state is BedCondition.Live => BedCondition.Setup,
            _ => state,
        };

        if (device.UnknownBecauseOfAgent)
        {
            Reached(now, device.AgentStartUs + context.Ages.ReturnAfterAgentUs, ref next);
        }

        if (changed || state != device.State)
        {
            device.State = state;
            context.Changed(device);
        }

        SilenceRule.Apply(context, device, quiet);
        next = Math.Min(next, BacklogRule.Age(context, device));
        next = Math.Min(next, ConditionRule.Age(context, device));
        return next;
    }

    /// <summary>True when the time has come; otherwise remembers to look again then.</summary>
    private static bool Reached(long nowUs, long dueUs, ref long next)
    {
        if (nowUs >= dueUs)
        {
            return true;
        }

        next = Math.Min(next, dueUs);
        return false;
    }

    private static (BedCondition State, bool Changed, bool Any) WaveAges(AgeLimits ages, DeviceState device, long now, bool lost, ref long next, ref QuietStreams quiet)
    {
        var (worst, freshest, changed, any) = (BedCondition.Live, BedCondition.Lost, false, false);
        foreach (var wave in device.Waves)
        {
            var last = wave.Period.LastUs;
            if (last == 0)
            {
                // Not heard since the agent started: blank, and nobody's fault but ours.
                wave.State = BedCondition.Stale;
                continue;
            }

            var blank = Reached(now, last + ages.WaveBlankUs, ref next) || lost;
            var late = Reached(now, last + ages.LateAfterUs(wave.Period.PeriodUs), ref next);
            var gone = Reached(now, last + ages.RemoveAfterUs(wave.Period.PeriodUs), ref next);
            var ended = Reached(now, last + ages.StreamEndedUs, ref next);
            var state = blank ? BedCondition.Stale : late ? BedCondition.Late : BedCondition.Live;
            changed |= state != wave.State;
            wave.State = state;
            if (ended)
            {
                continue;
            }

            quiet.Count(wave, IsQuiet(ages, wave, now, ref next));

            // A blank trace makes the tile late at once; the tile is stale only when nothing of its kind has come for as long as a number may live.
            any = true;
            var counts = gone ? BedCondition.Stale : late || blank ? BedCondition.Late : BedCondition.Live;
            worst = Worst(worst, counts);
            freshest = (BedCondition)Math.Min((byte)freshest, (byte)counts);
        }

        // One lead that stops while the others go on is late, not stale: the values beside it are current.
        return (any && worst == BedCondition.Stale && freshest != BedCondition.Stale ? BedCondition.Late : worst, changed, any);
    }

    /// <returns>Null when there are none, or they have ended.</returns>
    private static BedCondition? VitalsAge(AgeLimits ages, DeviceState device, long now, ref long next, ref QuietStreams quiet)
    {
        var period = device.Vitals.Period;
        if (period.LastUs == 0 || Reached(now, period.LastUs + ages.StreamEndedUs, ref next))
        {
            return null;
        }

        var late = Reached(now, period.LastUs + ages.LateAfterUs(period.PeriodUs), ref next);
        var gone = Reached(now, period.LastUs + ages.RemoveAfterUs(period.PeriodUs), ref next);
        quiet.Count(device.Vitals, IsQuiet(ages, device.Vitals, now, ref next));
        return gone ? BedCondition.Stale : late ? BedCondition.Late : BedCondition.Live;
    }

    /// <summary>A gateway's own reports: no bed goes stale by them, but their silence tells where a fault lies.</summary>
    private static void ReportsAge(AgeLimits ages, DeviceState device, long now, ref long next, ref QuietStreams quiet)
    {
        var period = device.Reports.Period;
        if (period.LastUs > 0 && period.PeriodUs > 0)
        {
            quiet.Count(device.Reports, IsQuiet(ages, device.Reports, now, ref next));
        }
    }

    /// <summary>By when it last came, however old what it brought: a slow stream is late, and not silent.</summary>
    private static bool IsQuiet(AgeLimits ages, StreamState stream, long now, ref long next) =>
        stream.ReceiveUs > 0 && Reached(now, stream.ReceiveUs + stream.Limit.Of(stream.Period.PeriodUs, ages.LateAfterUs(stream.Period.PeriodUs)), ref next);

    private static bool NumericAges(AgeLimits ages, DeviceState device, long now, bool lost, ref long next)
    {
        var changed = false;
        var lateAfter = ages.LateAfterUs(device.Vitals.Period.PeriodUs);
        var removeAfter = ages.RemoveAfterUs(device.Vitals.Period.PeriodUs);
        foreach (var numeric in device.Numerics)
        {
            var state = BedCondition.Live;
            if (!numeric.Intermittent)
            {
                var removed = Reached(now, numeric.CurrentAtUs + removeAfter, ref next);
                var late = Reached(now, numeric.CurrentAtUs + lateAfter, ref next);
                state = removed ? BedCondition.Stale : late ? BedCondition.Late : BedCondition.Live;
            }

            state = lost ? BedCondition.Stale : state;
            changed |= state != numeric.State;
            numeric.State = state;
        }

        return changed;
    }

    private static BedCondition Worst(BedCondition a, BedCondition b) => (BedCondition)Math.Max((byte)a, (byte)b);
}

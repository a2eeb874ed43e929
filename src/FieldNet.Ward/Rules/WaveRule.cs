using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Accounts for a piece of waveform; its samples are for the screen and the history, not for the ward's state.</summary>
internal static class WaveRule
{
    /// <returns>True when the device must be looked at now (a stream came back, or changed its rate).</returns>
    public static bool Apply(in RuleContext context, DeviceState device, WaveState wave, in WaveChunk chunk, in LogRecord record)
    {
        var verdict = StreamRule.Observe(context, device, ref wave.Sequence, chunk.Stamp, record, wave);
        if (!StreamRule.MovesState(verdict) || chunk.Stamp.Historical)
        {
            return false;
        }

        var changedRate = wave.SamplePeriodUs != chunk.SamplePeriodUs;
        wave.SamplePeriodUs = chunk.SamplePeriodUs;
        wave.Period.Observe(StreamRule.CurrentAtUs(device, chunk.Stamp, record), chunk.SamplePeriodUs * chunk.Count);
        return changedRate || wave.State != BedCondition.Live;
    }
}

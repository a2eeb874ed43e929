using System.Text.Json.Serialization;
using FieldNet.Telemetry.Signals;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.State;

/// <summary>One waveform of a device.</summary>
public sealed class WaveState : StreamState
{
    private Signal? _signal;

    public string SignalId { get; set; } = "";

    public double SamplePeriodUs { get; set; }

    /// <summary>Nothing to draw until a piece of now has come: the first one may be historical.</summary>
    public BedCondition State { get; set; } = BedCondition.Stale;

    [JsonIgnore]
    public Signal Signal => _signal ??= SignalTable.Find(SignalId)!;
}

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

    public BedCondition State { get; set; }

    [JsonIgnore]
    public Signal Signal => _signal ??= SignalTable.Find(SignalId)!;
}

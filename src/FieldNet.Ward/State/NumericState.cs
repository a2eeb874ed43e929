using System.Text.Json.Serialization;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.State;

/// <summary>The latest number of one signal of a device.</summary>
public sealed class NumericState
{
    private Signal? _signal;

    public string SignalId { get; set; } = "";

    public double? Value { get; set; }

    public Validity Validity { get; set; }

    public bool Intermittent { get; set; }

    /// <summary>When the message that carried it last was current, on the log's clock.</summary>
    public long CurrentAtUs { get; set; }

    /// <summary>When it was measured, on the log's clock.</summary>
    public long MeasuredUs { get; set; }

    public BedCondition State { get; set; }

    [JsonIgnore]
    public Signal Signal
    {
        get => _signal ??= SignalTable.Find(SignalId)!;
        set => (_signal, SignalId) = (value, value.Id);
    }
}

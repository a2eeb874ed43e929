using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>The contract's words for the ward's enumerations.</summary>
internal static class ContractWords
{
    private static readonly string[] Conditions = LowerNames<BedCondition>();
    private static readonly string[] Links = LowerNames<LinkGrade>();
    private static readonly string[] Kinds = LowerNames<AlarmKind>();
    private static readonly string[] Validities = LowerNames<Validity>();
    private static readonly string[] DeviceStates = LowerNames<DeviceState>();
    private static readonly string[] SignalKinds = LowerNames<SignalKind>();

    public static string Word(this BedCondition condition) => Conditions[(int)condition];

    public static string Word(this LinkGrade link) => Links[(int)link];

    public static string Word(this AlarmKind kind) => Kinds[(int)kind];

    public static string Word(this Validity validity) => Validities[(int)validity];

    public static string Word(this DeviceState state) => DeviceStates[(int)state];

    public static string Word(this SignalKind kind) => SignalKinds[(int)kind];

    public static string Word(this AlarmPriority priority) => priority switch
    {
        AlarmPriority.High => "high",
        AlarmPriority.Medium => "medium",
        AlarmPriority.Low => "low",
        _ => "none",
    };

    public static string Word(this AlarmPhase phase) => phase switch
    {
        AlarmPhase.ActiveUnacknowledged => "active_unack",
        AlarmPhase.ActiveAcknowledged => "active_ack",
        AlarmPhase.Latched => "latched",
        AlarmPhase.Unknown => "unknown",
        _ => "normal",
    };

    public static string Word(this DataMode mode) => mode switch
    {
        DataMode.Test => "test",
        DataMode.Demo => "demo",
        DataMode.Replay => "replay",
        _ => "real",
    };

    private static string[] LowerNames<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}

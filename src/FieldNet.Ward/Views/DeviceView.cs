using FieldNet.Telemetry.Messages;

namespace FieldNet.Ward.Views;

/// <summary>One device at a bed.</summary>
/// <param name="DelayMs">Median one-way delay above the fastest message seen, last 10 s; null if unknown.</param>
/// <param name="LossRatio">Share of messages lost in the last 10 s; null if unknown.</param>
public sealed record DeviceView(
    string Id, BedCondition State, DeviceState Reported, string Maker, string Model, string Serial, string Firmware,
    bool? OnMains, double? BatteryPercent, LinkGrade Link, double? DelayMs, double? LossRatio, double MessagesPerSecond);

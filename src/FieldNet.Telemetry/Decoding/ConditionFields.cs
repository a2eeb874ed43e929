using System.Globalization;
using System.Text;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using Fields = FieldNet.Telemetry.Wire.AlarmCondition;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads one alarm condition. An alarm is kept even if a part of it makes no sense, and one that says nothing but that it stands.</summary>
internal static class ConditionFields
{
    private const string Unnamed = "unnamed";

    /// <param name="condition">Null for one that neither stands nor says which one it is.</param>
    public static Refusal Read(ReadOnlySpan<byte> message, out AlarmCondition? condition)
    {
        var refusal = ReadFields(message, out var sent);
        condition = Settle(sent);
        return refusal;
    }

    private static Refusal ReadFields(ReadOnlySpan<byte> message, out Sent sent)
    {
        sent = default;
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.IdFieldNumber when wire.TryTruncatedText(out var value):
                    sent.Id = value;
                    break;
                case Fields.EventFieldNumber when wire.TryTruncatedText(out var value):
                    sent.Event = value;
                    break;
                case Fields.EventMdcFieldNumber when wire.TryVarint(out var value):
                    sent.EventCode = (uint)value;
                    break;
                case Fields.SourceFieldNumber when wire.TryTruncatedText(out var value):
                    sent.Source = value;
                    break;
                case Fields.SourceMdcFieldNumber when wire.TryVarint(out var value):
                    sent.SourceCode = (uint)value;
                    break;
                case Fields.KindFieldNumber when wire.TryVarint(out var value):
                    sent.Kind = value;
                    break;
                case Fields.PriorityFieldNumber when wire.TryVarint(out var value):
                    sent.Priority = value;
                    break;
                case Fields.InactivationFieldNumber when wire.TryVarint(out var value):
                    sent.Inactivation = value;
                    break;
                case Fields.OnsetUsFieldNumber when wire.TryVarint(out var value):
                    sent.Onset = value;
                    break;
                case Fields.PresentFieldNumber when wire.TryVarint(out var value):
                    sent.Present = value != 0;
                    break;
                case Fields.LatchedFieldNumber when wire.TryVarint(out var value):
                    sent.Latched = value != 0;
                    break;
                case Fields.TextFieldNumber when wire.TryTruncatedText(out var value):
                    sent.Text = value;
                    break;
                case Fields.ValueFieldNumber when wire.TryDouble(out var value):
                    sent.Value = Possible.OrNull(value);
                    break;
                case Fields.LowLimitFieldNumber when wire.TryDouble(out var value):
                    sent.LowLimit = Possible.OrNull(value);
                    break;
                case Fields.HighLimitFieldNumber when wire.TryDouble(out var value):
                    sent.HighLimit = Possible.OrNull(value);
                    break;
                case Fields.UnitFieldNumber when wire.TryTruncatedText(out var value):
                    sent.Unit = value;
                    break;
            }
        }

        return wire.Refusal;
    }

    private static AlarmCondition? Settle(in Sent sent)
    {
        var condition = new AlarmCondition
        {
            Id = Encoding.UTF8.GetString(sent.Id),
            Event = Encoding.UTF8.GetString(sent.Event),
            EventCode = sent.EventCode,
            Source = SignalTable.StandardId(sent.Source, sent.SourceCode),
            Kind = WireEnums.ToKind(sent.Kind),
            Priority = WireEnums.ToPriority(sent.Priority, stands: sent.Present || sent.Latched),
            Present = sent.Present,
            Latched = sent.Latched,
            Text = Encoding.UTF8.GetString(sent.Text),
            Value = sent.Value,
            LowLimit = sent.LowLimit,
            HighLimit = sent.HighLimit,
            Unit = Encoding.UTF8.GetString(sent.Unit),
            Inactivation = WireEnums.ToInactivation(sent.Inactivation),
            OnsetUs = StampFields.ToTime(sent.Onset),
        };
        if (condition.Id.Length > 0)
        {
            return condition;
        }

        var what = WhatItSays(condition);
        return what.Length > 0 ? condition with { Id = At(what, condition) }
            : condition.Stands() ? condition with { Id = At(Unnamed, condition), Event = Unnamed }
            : null;
    }

    /// <summary>Stands in for an id that the device did not give: the same alarm keeps it from report to report.</summary>
    private static string WhatItSays(AlarmCondition condition) =>
        condition.Event.Length > 0 ? condition.Event
        : condition.EventCode > 0 ? condition.EventCode.ToString(CultureInfo.InvariantCulture)
        : condition.Text;

    private static string At(string what, AlarmCondition condition) => condition.Source.Length > 0 ? $"{what}@{condition.Source}" : what;

    /// <summary>The fields as they came: which number or name means what may depend on a later one.</summary>
    private ref struct Sent
    {
        public ReadOnlySpan<byte> Id;
        public ReadOnlySpan<byte> Event;
        public uint EventCode;
        public ReadOnlySpan<byte> Source;
        public uint SourceCode;
        public ulong Kind;
        public ulong Priority;
        public bool Present;
        public bool Latched;
        public ReadOnlySpan<byte> Text;
        public double? Value;
        public double? LowLimit;
        public double? HighLimit;
        public ReadOnlySpan<byte> Unit;
        public ulong Inactivation;
        public ulong Onset;
    }
}

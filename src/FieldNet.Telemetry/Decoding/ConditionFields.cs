using System.Globalization;
using System.Text;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using Fields = FieldNet.Telemetry.Wire.AlarmCondition;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads one alarm condition. An alarm is kept even if a part of it makes no sense; only one that says nothing at all is refused.</summary>
internal static class ConditionFields
{
    public static Refusal Read(ReadOnlySpan<byte> message, out AlarmCondition condition)
    {
        ReadOnlySpan<byte> id = default, name = default, source = default, text = default, unit = default;
        uint code = 0, sourceCode = 0;
        ulong kind = 0, priority = 0, inactivation = 0, onset = 0;
        bool present = false, latched = false;
        double? value = null, low = null, high = null;
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.IdFieldNumber when wire.TryText(out var read):
                    id = read;
                    break;
                case Fields.EventFieldNumber when wire.TryText(out var read):
                    name = read;
                    break;
                case Fields.EventMdcFieldNumber when wire.TryVarint(out var read):
                    code = (uint)read;
                    break;
                case Fields.SourceFieldNumber when wire.TryText(out var read):
                    source = read;
                    break;
                case Fields.SourceMdcFieldNumber when wire.TryVarint(out var read):
                    sourceCode = (uint)read;
                    break;
                case Fields.KindFieldNumber when wire.TryVarint(out var read):
                    kind = read;
                    break;
                case Fields.PriorityFieldNumber when wire.TryVarint(out var read):
                    priority = read;
                    break;
                case Fields.InactivationFieldNumber when wire.TryVarint(out var read):
                    inactivation = read;
                    break;
                case Fields.OnsetUsFieldNumber when wire.TryVarint(out var read):
                    onset = read;
                    break;
                case Fields.PresentFieldNumber when wire.TryVarint(out var read):
                    present = read != 0;
                    break;
                case Fields.LatchedFieldNumber when wire.TryVarint(out var read):
                    latched = read != 0;
                    break;
                case Fields.TextFieldNumber when wire.TryText(out var read):
                    text = read;
                    break;
                case Fields.ValueFieldNumber when wire.TryDouble(out var read):
                    value = Possible.OrNull(read);
                    break;
                case Fields.LowLimitFieldNumber when wire.TryDouble(out var read):
                    low = Possible.OrNull(read);
                    break;
                case Fields.HighLimitFieldNumber when wire.TryDouble(out var read):
                    high = Possible.OrNull(read);
                    break;
                case Fields.UnitFieldNumber when wire.TryText(out var read):
                    unit = read;
                    break;
            }
        }

        condition = new AlarmCondition
        {
            Id = Encoding.UTF8.GetString(id),
            Event = Encoding.UTF8.GetString(name),
            EventCode = code,
            Source = SignalTable.StandardId(source, sourceCode),
            Kind = WireEnums.ToKind(kind),
            Priority = WireEnums.ToPriority(priority, stands: present || latched),
            Present = present,
            Latched = latched,
            Text = Encoding.UTF8.GetString(text),
            Value = value,
            LowLimit = low,
            HighLimit = high,
            Unit = Encoding.UTF8.GetString(unit),
            Inactivation = WireEnums.ToInactivation(inactivation),
            OnsetUs = StampFields.ToTime(onset),
        };
        if (id.IsEmpty)
        {
            condition = condition with { Id = WhatItSays(condition) };
        }

        return wire.Refusal == Refusal.None && condition.Id.Length == 0 ? Refusal.SignalMissing : wire.Refusal;
    }

    /// <summary>Stands in for an id that the device did not give: the same alarm keeps it from report to report.</summary>
    private static string WhatItSays(AlarmCondition condition)
    {
        var code = condition.EventCode == 0 ? "" : condition.EventCode.ToString(CultureInfo.InvariantCulture);
        var what = condition.Event.Length > 0 ? condition.Event : code.Length > 0 ? code : condition.Text;
        return condition.Source.Length > 0 && what.Length > 0 ? $"{what}@{condition.Source}" : what;
    }
}

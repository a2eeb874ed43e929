using FieldNet.Telemetry.Messages;
using Fields = FieldNet.Telemetry.Wire.AlarmReport;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads an alarm report.</summary>
internal static class AlarmFields
{
    public const int MaxConditions = 256;

    public static Refusal Read(ReadOnlySpan<byte> message, AlarmReport report)
    {
        report.Stamp = default;
        report.Complete = false;
        report.Conditions.Clear();
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.StampFieldNumber when wire.TryBytes(out var stamp):
                    wire.Refuse(StampFields.Merge(stamp, ref report.Stamp));
                    break;
                case Fields.CompleteFieldNumber when wire.TryVarint(out var complete):
                    report.Complete = complete != 0;
                    break;
                case Fields.ConditionsFieldNumber when report.Conditions.Count == MaxConditions:
                    wire.Refuse(Refusal.TooManyItems);
                    break;
                case Fields.ConditionsFieldNumber when wire.TryBytes(out var bytes):
                    wire.Refuse(ConditionFields.Read(bytes, out var condition));
                    report.Conditions.Add(condition);
                    break;
            }
        }

        return wire.Refusal;
    }
}

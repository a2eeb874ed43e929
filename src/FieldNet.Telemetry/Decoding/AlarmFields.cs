using FieldNet.Telemetry.Messages;
using Fields = FieldNet.Telemetry.Wire.AlarmReport;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads an alarm report.</summary>
/// <remarks>P3: neither one condition that makes no sense nor one too many hides the others.</remarks>
internal static class AlarmFields
{
    public const int MaxConditions = 256;

    public static Refusal Read(ReadOnlySpan<byte> message, AlarmReport report)
    {
        report.Stamp = default;
        report.Complete = false;
        report.Truncated = false;
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
                case Fields.ConditionsFieldNumber when wire.TryBytes(out var bytes):
                    wire.Refuse(ConditionFields.Read(bytes, out var condition));
                    Add(report, condition);
                    break;
            }
        }

        KeepMostUrgent(report);
        return wire.Refusal;
    }

    private static void Add(AlarmReport report, AlarmCondition? condition)
    {
        if (condition is null)
        {
            return;
        }

        report.Conditions.Add(condition);
        if (report.Conditions.Count == 2 * MaxConditions)
        {
            // Now and then rather than at the end: what a stranger sends must not fill the memory.
            KeepMostUrgent(report);
        }
    }

    private static void KeepMostUrgent(AlarmReport report)
    {
        if (report.Conditions.Count <= MaxConditions)
        {
            return;
        }

        // A stable order: of equals the first ones are kept.
        var kept = report.Conditions.OrderByDescending(condition => condition.Urgency()).Take(MaxConditions).ToList();
        report.Conditions.Clear();
        report.Conditions.AddRange(kept);
        report.Truncated = true;
    }
}

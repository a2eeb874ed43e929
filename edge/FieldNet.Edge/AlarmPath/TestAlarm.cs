using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Edge.AlarmPath;

/// <summary>The watchdog's alarm on the wire: as a bedside's, but of mode TEST, advisory, and of the lowest priority.</summary>
internal static class TestAlarm
{
    public static byte[] Payload(long sequence, long sentUs)
    {
        var report = new AlarmReport
        {
            Stamp = new Stamp { Epoch = 1, Seq = (ulong)sequence, SentTimeUs = sentUs, DeviceTimeUs = sentUs, Mode = Stamp.Types.Mode.Test, Clock = Stamp.Types.Clock.Ntp },
            Complete = true,
        };
        report.Conditions.Add(new AlarmCondition
        {
            Id = "watchdog",
            Event = "FIELDNET_WATCHDOG_TEST",
            Kind = AlarmCondition.Types.Kind.Advisory,
            Priority = AlarmCondition.Types.Priority.Low,
            Present = true,
            Text = "TEST of the alarm path",
            OnsetUs = sentUs,
        });
        return report.ToByteArray();
    }
}

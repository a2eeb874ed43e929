using FieldNet.Telemetry.Messages;
using Fields = FieldNet.Telemetry.Wire.Stamp;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Reads a stamp into one that may already hold earlier fields of the same message, as protobuf merges them.</summary>
internal static class StampFields
{
    /// <summary>Year 10000, UTC microseconds.</summary>
    private const ulong EndOfTimeUs = 253_402_300_800_000_000;

    public static Refusal Merge(ReadOnlySpan<byte> message, ref Stamp stamp)
    {
        var wire = new WireReader(message);
        while (wire.Next())
        {
            switch (wire.Field)
            {
                case Fields.EpochFieldNumber when wire.TryVarint(out var epoch):
                    stamp.Epoch = (uint)epoch;
                    stamp.HasEpoch = true;
                    break;
                case Fields.SeqFieldNumber when wire.TryVarint(out var seq):
                    stamp.Seq = seq;
                    stamp.HasSeq = true;
                    break;
                case Fields.DeviceTimeUsFieldNumber when wire.TryVarint(out var time):
                    stamp.HasDeviceTime = IsTime(time);
                    stamp.DeviceTimeUs = ToTime(time);
                    break;
                case Fields.SentTimeUsFieldNumber when wire.TryVarint(out var time):
                    stamp.HasSentTime = IsTime(time);
                    stamp.SentTimeUs = ToTime(time);
                    break;
                case Fields.HistoricalFieldNumber when wire.TryVarint(out var historical):
                    stamp.Historical = historical != 0;
                    break;
                case Fields.ModeFieldNumber when wire.TryVarint(out var mode):
                    stamp.Mode = WireEnums.ToMode(mode);
                    break;
                case Fields.ClockFieldNumber when wire.TryVarint(out var clock):
                    stamp.Clock = WireEnums.ToClock(clock);
                    break;
            }
        }

        return wire.Refusal;
    }

    /// <summary>UTC microseconds, or 0 for what no clock can show: the message counts, its time is unknown.</summary>
    public static long ToTime(ulong wire) => IsTime(wire) ? (long)wire : 0;

    // A negative time is a huge unsigned one.
    private static bool IsTime(ulong wire) => wire < EndOfTimeUs;
}

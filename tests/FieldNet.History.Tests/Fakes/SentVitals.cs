using System.Text;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.History.Tests.Fakes;

/// <summary>Vitals records of a device, as the log would hand them over.</summary>
internal sealed class SentVitals(string bed = "bed-01", string device = "mon1")
{
    public const long StartUs = 1_795_003_200_000_000;

    private readonly Topic _topic = new TopicTable().Intern(Encoding.UTF8.GetBytes($"fieldnet/v1/chu/icu1/{bed}/{device}/vitals"));

    public long Number { get; set; }

    public uint Epoch { get; set; } = 1;

    public ulong Seq { get; set; }

    /// <summary>How far the device's clock is ahead of the log's.</summary>
    public long ClockUs { get; set; }

    /// <summary>A message measured at a time and received at another, both of the log's clock and since <see cref="StartUs"/>.</summary>
    public LogRecordCopy At(double seconds, double value, double delay = 0, bool historical = false, Action<Stamp>? stamp = null, Action<Vitals>? vitals = null)
    {
        var (measuredUs, receivedUs) = (StartUs + Us(seconds), StartUs + Us(seconds + delay));
        var message = new Vitals
        {
            Stamp = new Stamp { Epoch = Epoch, Seq = ++Seq, DeviceTimeUs = measuredUs + ClockUs, SentTimeUs = measuredUs + ClockUs, Historical = historical },
            Numerics = { new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = value } },
        };
        stamp?.Invoke(message.Stamp);
        vitals?.Invoke(message);
        return new LogRecordCopy(_topic, ++Number, receivedUs, message.ToByteArray());
    }

    public static long Us(double seconds) => (long)Math.Round(seconds * 1e6);

    /// <summary>A record that outlives its call.</summary>
    internal sealed record LogRecordCopy(Topic Topic, long Number, long TimeUs, byte[] Payload)
    {
        public bool Retain { get; init; }

        public LogRecord Record => new()
        {
            Number = Number, LogTimeUs = TimeUs, ReceiveTimeUs = TimeUs, Kind = RecordKind.Publish, Connection = 1, Client = "c", Topic = Topic, Payload = Payload, Retain = Retain,
        };
    }
}

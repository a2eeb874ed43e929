using System.Runtime.InteropServices;
using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Edge.Tests.Export;

/// <summary>A data folder whose records the test writes, each at the time that it says.</summary>
internal sealed class WrittenLog : IDisposable
{
    /// <summary>2026-03-01T08:00:00Z.</summary>
    public const long StartUs = 1_772_352_000_000_000;

    private readonly CaptureLog _log;
    private readonly TopicTable _topics = new();
    private long _number;

    public WrittenLog()
    {
        Folder = Directory.CreateTempSubdirectory("fieldnet-export-").FullName;
        _log = CaptureLog.Open(Folder, new CaptureLogOptions());
    }

    public string Folder { get; }

    public void Publish(string topic, long receiveUs, IMessage message)
    {
        var record = new LogRecord
        {
            Number = ++_number,
            LogTimeUs = receiveUs,
            ReceiveTimeUs = receiveUs,
            Kind = RecordKind.Publish,
            Client = "mon1",
            Topic = _topics.Intern(Encoding.UTF8.GetBytes("fieldnet/v1/chu/" + topic)),
            Payload = message.ToByteArray(),
        };
        _log.Append(record, record.Lane);
    }

    public void Close() => _log.Dispose();

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static WaveChunk Wave(Stamp stamp, double periodUs, ReadOnlySpan<short> samples) => new()
    {
        Stamp = stamp,
        SamplePeriodUs = periodUs,
        Gain = 0.005,
        Offset = -0.5,
        Samples = ByteString.CopyFrom(MemoryMarshal.AsBytes(samples)),
    };

    /// <summary>Of a device whose clock is an hour behind the log's.</summary>
    public static Stamp Stamp(ulong seq, long measuredUs, long sentUs, bool historical = false) => new()
    {
        Epoch = 1,
        Seq = seq,
        DeviceTimeUs = measuredUs - 3_600_000_000,
        SentTimeUs = sentUs - 3_600_000_000,
        Historical = historical,
        Mode = FieldNet.Telemetry.Wire.Stamp.Types.Mode.Demo,
    };
}

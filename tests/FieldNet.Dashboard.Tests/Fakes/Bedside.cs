using System.Runtime.InteropServices;
using System.Text;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>One device that sends waveforms and vitals into a view, numbered as the sequencer would.</summary>
internal sealed class Bedside(ManualClock clock, string bed, string device = "mon1")
{
    private readonly TopicTable _topics = new();
    private readonly Dictionary<string, ulong> _sequences = [];

    /// <summary>Sends <paramref name="samples"/> at 250 Hz that end now.</summary>
    public void SendWave(IRecordView view, long record, string signal, short[] samples, long delayUs = 0)
    {
        var chunk = new WaveChunk
        {
            Stamp = Stamp(signal, clock.NowUs - delayUs, samples.Length * 4000L),
            SamplePeriodUs = 4000,
            Gain = 0.005,
            Unit = SignalTable.Find(signal)?.Unit ?? "",
            Samples = ByteString.CopyFrom(MemoryMarshal.AsBytes(samples.AsSpan())),
        };
        Send(view, record, $"wave/{signal}", chunk.ToByteArray());
    }

    public void SendVitals(IRecordView view, long record, double heartRate, long delayUs = 0)
    {
        var vitals = new Vitals { Stamp = Stamp("vitals", clock.NowUs - delayUs, 0) };
        vitals.Numerics.Add(new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = heartRate });
        Send(view, record, "vitals", vitals.ToByteArray());
    }

    public void Send(IRecordView view, long record, string kind, ReadOnlySpan<byte> payload) => view.Apply(new LogRecord
    {
        Number = record,
        LogTimeUs = clock.NowUs,
        ReceiveTimeUs = clock.NowUs,
        Kind = RecordKind.Publish,
        Topic = _topics.Intern(Encoding.UTF8.GetBytes($"fieldnet/v1/chu/icu1/{bed}/{device}/{kind}")),
        Payload = payload,
    });

    private Stamp Stamp(string stream, long sentUs, long lengthUs)
    {
        var sequence = _sequences.GetValueOrDefault(stream);
        _sequences[stream] = sequence + 1;
        return new Stamp
        {
            Epoch = 1,
            Seq = sequence,
            DeviceTimeUs = sentUs - lengthUs,
            SentTimeUs = sentUs,
            Mode = Telemetry.Wire.Stamp.Types.Mode.Demo,
        };
    }
}

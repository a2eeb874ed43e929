using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using Google.Protobuf;

namespace FieldNet.Telemetry.Tests.Messages;

public sealed class WaveDecodingTests
{
    private readonly Topic _topic = new TopicTable().Intern("fieldnet/v1/s/w/b/d/wave/MDC_ECG_ELEC_POTL_II"u8);
    private readonly WaveDecoding _waves = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_TheSameRecordAgain_GivesTheSameChunk(bool json)
    {
        for (var number = 1; number <= 50; number++)
        {
            var wire = new RandomWire(seed: number).Wave();
            wire.Unit = "mV";
            var record = Record(number, json ? System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(wire)) : wire.ToByteArray());

            var first = new TelemetryDecoder().ReadWave(record.Payload, PayloadFormat.Detect, _topic.Signal!, out var expected);
            for (var view = 0; view < 3; view++)
            {
                Assert.Equal(first, _waves.Read(record, out var chunk));
                Assert.Equal(expected.Stamp, chunk.Stamp);
                Assert.Equal((expected.SamplePeriodUs, expected.Gain, expected.Offset, expected.Validity), (chunk.SamplePeriodUs, chunk.Gain, chunk.Offset, chunk.Validity));
                Assert.True(expected.Samples.SequenceEqual(chunk.Samples));
            }
        }
    }

    [Fact]
    public void Read_RefusedRecordAgain_IsRefusedAgainAndTheNextIsNot()
    {
        var good = new RandomWire(seed: 1).Wave();
        good.Unit = "mV";

        Assert.NotEqual(Refusal.None, _waves.Read(Record(1, [0xFF, 0xFF]), out _));
        Assert.NotEqual(Refusal.None, _waves.Read(Record(1, [0xFF, 0xFF]), out _));
        Assert.Equal(Refusal.None, _waves.Read(Record(2, good.ToByteArray()), out _));
    }

    private LogRecord Record(long number, byte[] payload) =>
        new() { Number = number, Kind = RecordKind.Publish, Client = "d", Topic = _topic, Payload = payload };
}

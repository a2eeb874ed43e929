using System.Runtime.InteropServices;
using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Dashboard.History;
using FieldNet.Edge.History;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Edge.Tests.History;

public sealed class WaveLookBackTests : IDisposable
{
    private const string Lead = "MDC_ECG_ELEC_POTL_II";
    private const long StartUs = 1_772_352_000_000_000;
    private const long StartMs = StartUs / 1000;
    private const int Rate = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-lookback-").FullName;
    private readonly TopicTable _topics = new();
    private readonly CaptureLog _log;
    private long _number;

    public WaveLookBackTests() => _log = CaptureLog.Open(_folder, new CaptureLogOptions());

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Read_OfAnUnbrokenSpan_IsItsSamplesAndNoOthers()
    {
        Send(0, 60);

        var waves = Read(20.5, 30)!;

        var piece = Assert.Single(waves.Pieces);
        Assert.Equal((StartMs + 20_500, 10.0, false, false), (piece.StartMs, piece.StepMs, piece.Late, waves.Thinned));
        Assert.Equal(950, piece.Min.Count);
        Assert.Equal(2050 % 1000 * 0.005f, piece.Min[0]!.Value, 0.001);
    }

    [Fact]
    public void Read_OfAnOutageSentLater_HasItInItsPlaceAndLate()
    {
        Send(0, 10);
        Send(20, 40);
        Send(10, 20, arrivesAt: 600);

        var pieces = Read(0, 40)!.Pieces;

        Assert.Equal([(0, 10, false), (10, 10, true), (20, 20, false)], pieces.Select(piece => ((int)(piece.StartMs - StartMs) / 1000, piece.Min.Count / Rate, piece.Late)));
    }

    [Fact]
    public void Read_OfAGap_HasNothingThere()
    {
        Send(0, 10);
        Send(20, 30);

        var pieces = Read(0, 30)!.Pieces;

        Assert.Equal([StartMs, StartMs + 20_000], pieces.Select(piece => (long)piece.StartMs));
        Assert.Null(Read(11, 19));
    }

    [Fact]
    public void Read_OfMoreThanAsked_KeepsLeastAndGreatest()
    {
        Send(0, 60);

        var waves = Read(0, 60, points: 60)!;

        var piece = Assert.Single(waves.Pieces);
        Assert.True(waves.Thinned);
        Assert.Equal((60, 1000.0), (piece.Min.Count, piece.StepMs));
        Assert.All(Enumerable.Range(0, 60), second => Assert.Equal(99 * 0.005, piece.Max[second]!.Value - piece.Min[second]!.Value, 0.001));
    }

    [Fact]
    public void Read_OfMissingSamples_IsNullThere()
    {
        Send(0, 2, sample: _ => short.MinValue);

        Assert.All(Assert.Single(Read(0, 2)!.Pieces).Min, Assert.Null);
    }

    [Fact]
    public void Read_OfASecondCopy_HasItOnce()
    {
        Send(0, 10);
        Send(4, 6, arrivesAt: 11);

        Assert.Equal(1000, Read(0, 10)!.Pieces.Sum(piece => piece.Min.Count));
    }

    private WavesDto? Read(double fromS, double toS, int points = 10_000)
    {
        Assert.True(_log.Commit(TimeSpan.FromSeconds(20)));
        return new WaveLookBack(_log.Disk, _log).Read(
            new WaveRequest("icu1/bed-01", null, Lead, StartMs + (long)(fromS * 1000), StartMs + (long)(toS * 1000), points), TestContext.Current.CancellationToken);
    }

    /// <summary>A chunk a second, at once or all at a later time.</summary>
    private void Send(int fromS, int toS, int? arrivesAt = null, Func<int, short>? sample = null)
    {
        for (var second = fromS; second < toS; second++)
        {
            var samples = Enumerable.Range(second * Rate, Rate).Select(at => sample?.Invoke(at) ?? (short)(at % 1000)).ToArray();
            var deviceUs = StartUs + (second * 1_000_000L);
            var arrivesUs = StartUs + ((arrivesAt ?? second + 1) * 1_000_000L);
            var chunk = new WaveChunk
            {
                Stamp = new Stamp { DeviceTimeUs = deviceUs, SentTimeUs = arrivesUs, Historical = arrivesAt is not null },
                SamplePeriodUs = 1e6 / Rate, Gain = 0.005, Unit = "mV", Samples = ByteString.CopyFrom(MemoryMarshal.AsBytes(samples.AsSpan())),
            };
            var record = new LogRecord
            {
                Number = ++_number, LogTimeUs = arrivesUs, ReceiveTimeUs = arrivesUs, Kind = RecordKind.Publish, Client = "mon1",
                Topic = _topics.Intern(Encoding.UTF8.GetBytes($"fieldnet/v1/chu/icu1/bed-01/mon1/wave/{Lead}")), Payload = chunk.ToByteArray(),
            };
            _log.Append(record, record.Lane);
        }
    }
}

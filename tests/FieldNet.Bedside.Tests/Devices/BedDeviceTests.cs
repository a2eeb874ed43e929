using FieldNet.Bedside.Monitors;
using FieldNet.Bedside.Patients;
using FieldNet.Bedside.Tests.Patients;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit;
using Wire = FieldNet.Telemetry.Wire;

namespace FieldNet.Bedside.Tests.Devices;

public sealed class BedDeviceTests
{
    [Fact]
    public void Tick_OneMinute_SendsAtTheBedsidesRates()
    {
        using var ward = new VirtualWard();

        ward.RunTo(60);

        var waves = ward.Of("wave").GroupBy(m => m.Topic).ToArray();
        Assert.InRange(waves.Length, 6, 7);
        Assert.All(waves, w => Assert.InRange(w.Count(), 234, 236));
        Assert.InRange(ward.Of("vitals").Count, 58, 60);
        Assert.InRange(ward.Of("alarm").Count, 6, 12);
        Assert.Equal(("demo/icu1/bed-01/mon1", 1), (string.Join('/', ward.Of("status")[0].Topic.Split('/')[2..6]), ward.Of("status").Count));
    }

    [Fact]
    public void Tick_Streams_AreStampedWithoutGaps()
    {
        using var ward = new VirtualWard();

        ward.RunTo(30);

        foreach (var stream in ward.Server.Messages.GroupBy(m => m.Topic))
        {
            var stamps = stream.Select(m => (m.Stamp, m.AtUs)).ToArray();
            Assert.Equal(Enumerable.Range(1, stamps.Length).Select(n => (ulong)n), stamps.Select(s => s.Stamp.Seq));
            Assert.All(stamps, s =>
            {
                Assert.Equal((Wire.Stamp.Types.Mode.Demo, Wire.Stamp.Types.Clock.Ntp), (s.Stamp.Mode, s.Stamp.Clock));
                Assert.Equal(ward.Clock.UtcUs(s.AtUs), s.Stamp.SentTimeUs);
                Assert.Equal(ward.Clock.Epoch, s.Stamp.Epoch);
                Assert.InRange(s.Stamp.SentTimeUs - s.Stamp.DeviceTimeUs, 0, 300_000);
            });
        }
        var chunks = ward.Of("wave").Where(m => m.Topic.EndsWith("_II", StringComparison.Ordinal)).Select(m => Wire.WaveChunk.Parser.ParseFrom(m.Payload)).ToArray();
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Equal(
            pair.First.Stamp.DeviceTimeUs + pair.First.Samples.Length / 2 * 2000, pair.Second.Stamp.DeviceTimeUs));
    }

    [Fact]
    public void Connect_Full_HasTwoConnectionsAndAWill()
    {
        using var ward = new VirtualWard();

        ward.RunTo(1);

        Assert.Equal([("bed-01-mon1", "fieldnet/v1/demo/icu1/bed-01/mon1/status"), ("bed-01-mon1-wave", null)], ward.Server.Connected);
        Assert.All(ward.Server.Messages, m => Assert.Equal(m.Kind == "wave" ? "bed-01-mon1-wave" : "bed-01-mon1", m.ClientId));
        Assert.All(ward.Server.Messages, m => Assert.Equal((m.Kind == "wave" ? 0 : 1, m.Kind == "status"), (m.Qos, m.Retain)));
        // The alarms' complete set goes right after the status, before any number.
        Assert.Equal(["status", "alarm"], ward.Server.Messages.Where(m => m.Kind != "wave").Take(2).Select(m => m.Kind));
    }

    [Fact]
    public void Connect_Numerics_HasOneConnectionAndNoWaves()
    {
        using var ward = new VirtualWard(waves: false);

        ward.RunTo(10);

        Assert.Single(ward.Server.Connected);
        Assert.Empty(ward.Of("wave"));
        Assert.NotEmpty(ward.Of("vitals"));
    }

    [Fact]
    public void Tick_RateOfFour_SendsFourTimesTheMessagesAndTheSameSamples()
    {
        using var once = new VirtualWard();
        using var fourfold = new VirtualWard(rate: 4);

        once.RunTo(20);
        fourfold.RunTo(20);

        Assert.InRange((double)fourfold.Server.Messages.Count / once.Server.Messages.Count, 3.7, 4.3);
        Assert.InRange((double)Samples(fourfold) / Samples(once), 0.98, 1.02);

        static long Samples(VirtualWard ward) => ward.Of("wave").Sum(m => Wire.WaveChunk.Parser.ParseFrom(m.Payload).Samples.Length);
    }

    [Fact]
    public void Tick_Episode_SendsItsAlarmAtOnceAndItsEnd()
    {
        var profile = PatientProfile.Draw(RandomExtensions.Fork(31, 0, 1), unstable: false);
        var monitor = BedsideMonitor.Attach(SyntheticPatientTests.Struck(profile, EpisodeKind.VentricularFibrillation, 20, 35));
        using var ward = new VirtualWard(monitors: [monitor]);

        ward.RunTo(50);

        var reports = ward.Of("alarm").Select(m => (m.AtUs, Report: Wire.AlarmReport.Parser.ParseFrom(m.Payload))).ToArray();
        var present = reports.Where(r => r.Report.Conditions.Any(c => c.Event == "MDC_EVT_ECG_V_FIB")).ToArray();
        // The episode begins at 20 s of the patient's time, 12.3 s after the monitor came; fibrillation is called after four seconds.
        Assert.InRange(present[0].AtUs / 1e6, 11.5, 13);
        Assert.Single(present.Select(p => p.Report.Conditions.Single(c => c.Event == "MDC_EVT_ECG_V_FIB").Id).Distinct());
        Assert.Equal(Wire.AlarmCondition.Types.Priority.High, present[0].Report.Conditions[0].Priority);
        Assert.All(reports, r => Assert.True(r.Report.Complete));
        Assert.Empty(reports[^1].Report.Conditions);
    }

    [Fact]
    public void Tick_MachineStalled_SkipsWhatItMissed()
    {
        using var ward = new VirtualWard();
        ward.RunTo(10);
        int before = ward.Of("vitals").Count;

        ward.Jump(40);
        ward.RunTo(41);

        Assert.InRange(ward.Of("vitals").Count - before, 1, 3);
        Assert.All(ward.Of("vitals"), m => Assert.InRange(m.Stamp.SentTimeUs - m.Stamp.DeviceTimeUs, 0, 300_000));
    }

    /// <summary>Whatever a bed sends, the agent's own decoder must take.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tick_EveryMessage_IsAcceptedByTheAgentsDecoder(bool recorded)
    {
        string? folder = SharedData.Find("cinc2015");
        Assert.SkipUnless(!recorded || folder is not null, SharedData.Absent);
        using var ward = new VirtualWard(waveQos: 1, monitors: recorded ? Admission.Recorded(folder!, 40, 2) : Admission.Synthesised(10, 2));
        ward.RunTo(45);
        var topics = new TopicTable();
        var decoder = new TelemetryDecoder();
        var vitals = new Vitals();

        foreach (var message in ward.Server.Messages)
        {
            var topic = topics.Intern(System.Text.Encoding.UTF8.GetBytes(message.Topic));
            var refusal = topic.Refusal != Refusal.None ? topic.Refusal : topic.Message switch
            {
                MessageKind.Wave => decoder.ReadWave(message.Payload, PayloadFormat.Detect, topic.Signal!, out _),
                MessageKind.Vitals => decoder.ReadVitals(message.Payload, PayloadFormat.Detect, vitals),
                MessageKind.Alarm => decoder.ReadAlarms(message.Payload, PayloadFormat.Detect, new()),
                _ => decoder.ReadStatus(message.Payload, PayloadFormat.Detect, new()),
            };
            Assert.True(refusal == Refusal.None, $"{message.Topic}: {refusal}");
        }

        Assert.Equal(ward.Server.Messages.Count, ward.Traffic.Acknowledged);
    }
}

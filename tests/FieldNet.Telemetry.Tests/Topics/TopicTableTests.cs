using System.Text;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Telemetry.Tests.Topics;

public sealed class TopicTableTests
{
    private readonly TopicTable _topics = new();

    [Fact]
    public void Intern_ManyTopicsInAnyOrder_FindsEachAgain()
    {
        // Twice as many as the table remembers as recent, so that places are shared.
        var names = Enumerable.Range(0, 8192).Select(i => $"fieldnet/v1/s/w/bed-{i / 4:D4}/mon{i % 2}/wave/ACME_{i % 4}").ToArray();
        var topics = Array.ConvertAll(names, Intern);
        new Random(1).Shuffle(names);

        Assert.All(names, name => Assert.Equal(name, Intern(name).Name));
        Assert.Equal(topics.Distinct().Count(), _topics.Count);
        Assert.All(topics, topic => Assert.Same(topic, Intern(topic.Name)));
    }

    [Theory]
    [InlineData("vitals", MessageKind.Vitals)]
    [InlineData("alarm", MessageKind.Alarm)]
    [InlineData("status", MessageKind.Status)]
    [InlineData("link", MessageKind.Link)]
    public void Intern_DeviceTopic_TakesItApart(string leaf, MessageKind message)
    {
        var topic = Intern($"fieldnet/v1/chu/icu1/bed-03/mon1/{leaf}");

        Assert.Equal(TopicScope.Device, topic.Scope);
        Assert.Equal(Refusal.None, topic.Refusal);
        Assert.Equal(message, topic.Message);
        Assert.Equal(("chu", "icu1", "bed-03", "mon1"), (topic.Site, topic.Ward, topic.Bed, topic.Device));
        Assert.Equal("chu/icu1/bed-03/mon1", topic.Subject);
        Assert.Null(topic.Signal);
    }

    [Theory]
    [InlineData("MDC_ECG_ELEC_POTL_II", "MDC_ECG_ELEC_POTL_II")]
    [InlineData("MDC_CONC_AWAY_CO2", "MDC_AWAY_CO2")]
    [InlineData("ACME_NIRS_2", "ACME_NIRS_2")]
    public void Intern_WaveTopic_FindsItsSignal(string sent, string id)
    {
        var topic = Intern($"fieldnet/v1/s/w/b/d/wave/{sent}");

        Assert.Equal(MessageKind.Wave, topic.Message);
        Assert.Same(SignalTable.Find(id), topic.Signal);
    }

    [Theory]
    [InlineData("fieldnet/v1/s/w/_ward/gw1/link")]
    [InlineData("fieldnet/v1/s/w/_ward/gw1/status")]
    [InlineData("fieldnet/v1/0/w-_/B/9_/vitals")]
    public void Intern_EdgeOfTheGrammar_IsADevices(string name) => Assert.Equal(TopicScope.Device, Intern(name).Scope);

    [Theory]
    [InlineData("fieldnet/v1/s/w/b/_state")]
    [InlineData("fieldnet/v1/s/w/_incident/abc-1")]
    public void Intern_AgentsOwnTopic_IsReserved(string name)
    {
        var topic = Intern(name);

        Assert.Equal((TopicScope.Derived, Refusal.TopicReserved), (topic.Scope, topic.Refusal));
        Assert.Equal("", topic.Subject);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("sensors/fieldnet/v1")]
    [InlineData("Fieldnet/v1/s/w/b/d/vitals")]
    [InlineData("fieldnets/v1/s/w/b/d/vitals")]
    [InlineData("/fieldnet/v1/s/w/b/d/vitals")]
    [InlineData("$SYS/broker")]
    public void Intern_OtherFirstLevel_IsForeign(string name)
    {
        var topic = Intern(name);

        Assert.Equal((TopicScope.Foreign, Refusal.None, MessageKind.None), (topic.Scope, topic.Refusal, topic.Message));
        Assert.Equal(name, topic.Name);
    }

    [Theory]
    [InlineData("fieldnet")]
    [InlineData("fieldnet/")]
    [InlineData("fieldnet/v2/s/w/b/d/vitals")]
    [InlineData("fieldnet/v1/s/w/b/d")]
    [InlineData("fieldnet/v1/s/w/b/d/")]
    [InlineData("fieldnet/v1/s/w/b/d/vitals/")]
    [InlineData("fieldnet/v1/s/w/b/d/Vitals")]
    [InlineData("fieldnet/v1/s/w/b//vitals")]
    [InlineData("fieldnet/v1//w/b/d/vitals")]
    [InlineData("fieldnet/v1/s/w/b/d/wave")]
    [InlineData("fieldnet/v1/s/w/b/d/wave/")]
    [InlineData("fieldnet/v1/s/w/b/d/wave/mdc_ecg")]
    [InlineData("fieldnet/v1/s/w/b/d/wave/X1")]
    [InlineData("fieldnet/v1/s/w/b/d/wave/MDC_ECG_ELEC_POTL_II/x")]
    [InlineData("fieldnet/v1/s/w/b/-d/vitals")]
    [InlineData("fieldnet/v1/s/w/b é/d/vitals")]
    [InlineData("fieldnet/v1/s/w/b/_dev/vitals")]
    [InlineData("fieldnet/v1/_s/w/b/d/vitals")]
    [InlineData("fieldnet/v1/s/w/_ward/d/vitals")]
    [InlineData("fieldnet/v1/s/w/_ward/d/wave/MDC_ECG_ELEC_POTL_II")]
    [InlineData("fieldnet/v1/s/w/_bed/d/status")]
    [InlineData("fieldnet/v1/s/w/b/_state/")]
    [InlineData("fieldnet/v1/s/w/b/_state/x")]
    [InlineData("fieldnet/v1/s/w/_incident")]
    [InlineData("fieldnet/v1/s/w/_incident/")]
    [InlineData("fieldnet/v1/s/w/_incident/a/b")]
    public void Intern_BelowFieldNetButNotInTheGrammar_IsInvalid(string name)
    {
        var topic = Intern(name);

        Assert.Equal((TopicScope.Invalid, Refusal.TopicOutsideGrammar), (topic.Scope, topic.Refusal));
    }

    [Theory]
    [InlineData(64, TopicScope.Device)]
    [InlineData(65, TopicScope.Invalid)]
    public void Intern_SegmentAtItsLimit_IsJudged(int length, TopicScope scope) =>
        Assert.Equal(scope, Intern($"fieldnet/v1/s/w/{new string('b', length)}/d/vitals").Scope);

    [Fact]
    public void Intern_KnownTopic_IsTheSameObjectWithoutGarbage()
    {
        var name = "fieldnet/v1/chu/icu1/bed-03/mon1/wave/MDC_ECG_ELEC_POTL_II"u8.ToArray();
        var first = _topics.Intern(name);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = _topics.Intern(name);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Same(first, again);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Intern_PastCapacity_RefusesNewDevicesAndKeepsTheKnown()
    {
        var topics = new TopicTable(capacity: 2);
        var first = topics.Intern("fieldnet/v1/s/w/b1/d/vitals"u8);
        topics.Intern("fieldnet/v1/s/w/b2/d/vitals"u8);

        var third = topics.Intern("fieldnet/v1/s/w/b3/d/vitals"u8);

        Assert.Equal((-1, TopicScope.Device, Refusal.TooManyTopics), (third.Id, third.Scope, third.Refusal));
        Assert.Same(first, topics.Intern("fieldnet/v1/s/w/b1/d/vitals"u8));
        Assert.Equal(2, topics.Count);
    }

    [Fact]
    public void Intern_FloodOfForeignTopics_LeavesRoomForDevices()
    {
        var topics = new TopicTable(capacity: 8);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(Refusal.None, topics.Intern(Encoding.UTF8.GetBytes($"other/{i}")).Refusal);
        }

        var device = topics.Intern("fieldnet/v1/s/w/b/d/vitals"u8);

        Assert.Equal((2, Refusal.None), (device.Id, device.Refusal));
    }

    [Fact]
    public void Intern_AnyBytes_NeverThrows()
    {
        const int seed = 20260801;
        var random = new Random(seed);
        var topics = new TopicTable(capacity: 64);
        byte[][] pieces = ["fieldnet"u8.ToArray(), "/"u8.ToArray(), "v1"u8.ToArray(), "_state"u8.ToArray(), "wave"u8.ToArray(), [0xC3], [0xFF], [], "b"u8.ToArray()];
        for (var i = 0; i < 20_000; i++)
        {
            var name = Enumerable.Range(0, random.Next(14)).SelectMany(_ => pieces[random.Next(pieces.Length)]).ToArray();
            Assert.True(topics.Intern(name).Utf8.SequenceEqual(name), $"seed {seed}, round {i}");
        }
    }

    private Topic Intern(string name) => _topics.Intern(Encoding.UTF8.GetBytes(name));
}

using System.Text;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.Tests.Rules;

public sealed class SilenceRuleTests
{
    private const string OtherLead = "MDC_ECG_ELEC_POTL_V";

    private readonly WardBench _bench = new();
    private ulong _lost;

    [Fact]
    public void Apply_OneStreamStopsOnALinkThatLoses_IsFoundAllTheSame()
    {
        Live(0, 30_000, withOther: true, losesEach: 0);
        Live(30_000, 50_000, withOther: true, losesEach: 12);
        Live(50_000, 58_000, withOther: false, losesEach: 12);

        var silent = Assert.Single(_bench.Events, happened => happened is { What: "silent", Kind: "link", Phase: EventPhase.Start });
        Assert.Equal($"{WardBench.Subject}/{OtherLead}", silent.Subject);
        Assert.InRange((silent.TimeUs - WardBench.StartUs) / 1000, 50_000, 55_000);
    }

    [Fact]
    public void Apply_StreamComesButBringsWhatIsOld_IsLateAndNotSilent()
    {
        Live(0, 20_000, withOther: true, losesEach: 0);
        for (var ms = 20_000L; ms < 30_000; ms += 256)
        {
            _bench.Wave(ms, also: wave => wave.Stamp.SentTimeUs -= 1_900_000);
        }

        Assert.NotEqual(Views.BedCondition.Live, _bench.Bed.State);
        Assert.DoesNotContain(_bench.Events, happened => happened is { What: "silent" } && happened.Subject == WardBench.Subject);
    }

    [Fact]
    public void Apply_AgentWasKeptFromReading_NobodyElseIsBlamedForTheDelay()
    {
        Live(0, 120_000, withOther: true, losesEach: 0);
        for (var second = 120L; second < 140; second++)
        {
            for (var ms = second * 1000; ms < (second + 1) * 1000; ms += 250)
            {
                _bench.Wave(ms, also: wave => wave.Stamp.SentTimeUs -= 60_000);
            }

            _bench.Apply(new BenchRecord(RecordKind.Health, (second * 1000) + 999, "", 0, Encoding.UTF8.GetBytes("""{"read_lag_ms":60}""")));
        }

        Assert.DoesNotContain(_bench.Events, happened => happened is { Kind: "link", What: "latency" or "jitter" });
    }

    private void Live(long fromMs, long toMs, bool withOther, int losesEach)
    {
        for (var ms = fromMs; ms < toMs; ms += 256)
        {
            _lost += losesEach > 0 && ms / 256 % losesEach == 0 ? 1UL : 0;
            _bench.Wave(ms, also: wave => wave.Stamp.Seq += _lost);
            if (withOther)
            {
                _bench.Wave(ms + 1, OtherLead);
            }

            if ((ms - fromMs) % 1024 == 0)
            {
                _bench.Vitals(ms + 2);
            }
        }
    }
}

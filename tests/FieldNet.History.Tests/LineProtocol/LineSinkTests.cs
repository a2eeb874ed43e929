using FieldNet.History.LineProtocol;

namespace FieldNet.History.Tests.LineProtocol;

public sealed class LineSinkTests
{
    private static readonly TimeSpan SettleTime = new LineSinkOptions { Ledger = "", Events = "" }.Settle;

    [Fact]
    public async Task Turn_OfARunningWard_SendsEachNumberOnce()
    {
        await using var server = new ScriptedServer(static _ => (204, ""));
        using var bench = new SinkBench($"{server.Address}?db=fieldnet&rp=long");
        for (var second = 0; second < 20; second++)
        {
            bench.Log.AddSeconds(1, 4, new Random(second));
            await bench.TurnAsync();
        }

        await bench.UntilSentAsync();

        var lines = server.Taken.SelectMany(each => each).ToList();
        Assert.Equal(20 * 4 * 3, lines.Count);
        Assert.Equal(lines.Count, lines.Select(Point).Distinct().Count());
        Assert.StartsWith("numeric,bed=bed-01,device=mon1,signal=MDC_PULS_OXIM_SAT_O2,site=chu,ward=icu1 value=91.0 1750000", lines[0], StringComparison.Ordinal);
        Assert.All(server.Paths, path => Assert.Equal("/write?db=fieldnet&rp=long&precision=n", path));
        Assert.Equal((lines.Count, 0), (bench.Sink.Status.Points, bench.Sink.Status.Rejected));
    }

    [Fact]
    public async Task Turn_AfterADayAway_SendsTheNewestFirst_ThenTheBacklogAtItsRate()
    {
        var isUp = true;
        await using var server = new ScriptedServer(_ => isUp ? (204, "") : (503, ""));
        using var bench = new SinkBench($"{server.Address}?db=fieldnet", change: options => options with { BacklogPointsPerSecond = 2_000 });
        bench.Log.AddSeconds(5, 2, new Random(1));
        await bench.UntilSentAsync();

        isUp = false;
        bench.Log.AddSeconds(86_400 / 20, 2, new Random(2));
        await bench.TurnAsync();
        await bench.TurnAsync();
        (isUp, var taken, var before) = (true, server.Taken.Count, bench.Waited);
        bench.Log.AddSeconds(3, 2, new Random(3));
        await bench.TurnAsync();
        await bench.UntilAsync(_ => server.Taken.Count > taken);
        bench.Log.AddSeconds(1, 2, new Random(4));
        await bench.TurnAsync();
        var firsts = server.Taken.Skip(taken).ToList();
        await bench.UntilSentAsync();

        // The newest of all may not wait for the backlog.
        var newest = bench.Log.NowUs - (long)bench.Waited.TotalMicroseconds;
        Assert.Contains(firsts.Take(3).SelectMany(lines => lines), line => TimeUs(line) > newest - 20_000_000);
        Assert.InRange(bench.Waited - before, TimeSpan.FromSeconds(bench.Log.Numbers / 2_000 - 5), TimeSpan.FromSeconds((bench.Log.Numbers / 2_000) + 30));
        Assert.Equal(bench.Log.Numbers, Points(server));
        Assert.Equal(bench.Log.Numbers, server.Taken.Sum(lines => lines.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Turn_WithFailuresAndCrashesAtRandom_LosesAndDoublesNothing(int seed)
    {
        var random = new Random(seed);
        var trouble = true;
        await using var server = new ScriptedServer(_ => trouble ? random.Next(10) switch { 0 => (503, ""), 1 => (ScriptedServer.Silence, ""), 2 => (500, ""), 3 => (413, ""), _ => (204, "") } : (204, ""));
        using var bench = new SinkBench($"{server.Address}?db=fieldnet", change: options => options with { SaveEvery = TimeSpan.FromSeconds(3) });
        for (var round = 0; round < 60; round++)
        {
            bench.Log.AddSeconds(random.Next(random.Next(5) == 0 ? 200 : 4), 3, random);
            await bench.TurnAsync();
            if (random.Next(6) == 0)
            {
                bench.Crash();
            }
        }

        trouble = false;
        await bench.UntilSentAsync();

        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: {bench.Log.Numbers} numbers, {server.Taken.Sum(lines => lines.Length)} lines sent");
        Assert.Equal(bench.Log.Numbers, Points(server));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Turn_ServerThatForgetsItsLastSecondsWhenKilled_HasEverythingInTheEnd(int seed)
    {
        var random = new Random(seed);
        var starts = 1;
        SinkBench? bench = null;
        var stored = new List<(TimeSpan At, string[] Lines)>();
        await using var server = new ScriptedServer(lines =>
        {
            stored.Add((bench!.Waited, lines));
            return (204, "");
        });
        server.Metrics = "vm_app_start_timestamp 1";
        using (bench = new SinkBench($"{server.Address}?db=fieldnet"))
        {
            for (var round = 0; round < 80; round++)
            {
                bench.Log.AddSeconds(random.Next(random.Next(5) == 0 ? 200 : 4), 3, random);
                await bench.TurnAsync();
                if (random.Next(10) == 0 || round == 70)
                {
                    stored.RemoveAll(each => each.At > bench.Waited - TimeSpan.FromSeconds(10));
                    server.Metrics = $"go_info 1\nvm_app_start_timestamp {++starts}\n";
                    server.BreakNext = true;
                }

                // The server's last end is the sink's own to notice: a sink that begins anew sends all of it again anyway.
                if (random.Next(10) == 0 && round < 70)
                {
                    bench.Crash();
                }
            }

            await bench.UntilSentAsync();
            bench.Log.AddSeconds(1, 1, random);
            // The turn after the one that finds another server behind the connection sends again what that one may not have.
            await bench.TurnAsync();
            await bench.TurnAsync();
            await bench.UntilSentAsync();

            Assert.Equal(bench.Log.Numbers, stored.SelectMany(each => each.Lines).Select(Point).Distinct().Count());
            Assert.True(starts > 3, "the server was hardly ever killed");
        }
    }

    [Fact]
    public async Task Turn_ServerRunsLongEnough_KeepsForGoodAndNeedsNoOlderRecords()
    {
        await using var server = new ScriptedServer(static _ => (204, "")) { Metrics = "vm_app_start_timestamp 1" };
        using var bench = new SinkBench($"{server.Address}?db=fieldnet");
        bench.Log.AddSeconds(1, 1, new Random(1));
        await bench.UntilSentAsync();

        Assert.Equal(1, bench.Sink.Status.KeepFrom);
        bench.Wait(SettleTime);
        bench.Log.AddSeconds(1, 1, new Random(1));
        await bench.UntilAsync(_ => bench.Waited > SettleTime + bench.Options.SaveEvery);

        Assert.Equal(2, bench.Sink.Status.KeepFrom);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Turn_NotLetIn_KeepsEverythingAndSaysSo(int status)
    {
        var isLetIn = false;
        await using var server = new ScriptedServer(_ => isLetIn ? (204, "") : (status, "token expired"));
        using var bench = new SinkBench($"{server.Address}?org=chu&bucket=icu", token: "secret");
        bench.Log.AddSeconds(3, 2, new Random(1));

        await bench.UntilAsync(each => each.State == SinkState.Refused);
        var reason = bench.Sink.Status.Reason;
        isLetIn = true;
        await bench.UntilSentAsync();

        Assert.Equal($"HTTP {status}: token expired", reason);
        Assert.Equal(bench.Log.Numbers, Points(server));
        Assert.Equal("/api/v2/write?bucket=icu&org=chu&precision=ns", server.Paths[0]);
        Assert.All(server.Authorizations, sent => Assert.Equal("Token secret", sent));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    public async Task Turn_NoDatabase_MakesItIfItMay_ElseKeepsAndSaysSo(int mayCreate)
    {
        var exists = false;
        var asked = "";
        await using var server = new ScriptedServer(_ => exists ? (204, "") : (404, "database not found"));
        server.OnQuery = statement =>
        {
            asked = statement;
            exists = mayCreate == 200;
            return mayCreate;
        };
        using var bench = new SinkBench($"{server.Address}?db=field net");
        bench.Log.AddSeconds(3, 2, new Random(1));

        await bench.TurnAsync();
        var state = bench.Sink.Status.State;
        exists = true;
        await bench.UntilSentAsync();

        Assert.Equal(mayCreate == 200 ? SinkState.Starting : SinkState.Refused, state);
        Assert.Equal("CREATE DATABASE \"field net\"", asked);
        Assert.Equal(bench.Log.Numbers, Points(server));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Turn_ServerAsksToBeLeftAlone_WaitsAsLongAsItAsks(int status)
    {
        await using var server = new ScriptedServer(_ => (status, "")) { RetryAfter = "90" };
        using var bench = new SinkBench($"{server.Address}?db=fieldnet");
        bench.Log.AddSeconds(3, 2, new Random(1));

        var wait = await bench.TurnAsync();

        Assert.Equal(TimeSpan.FromSeconds(90), wait);
        Assert.Equal(SinkState.Waiting, bench.Sink.Status.State);
    }

    [Fact]
    public async Task Turn_NobodyThere_WaitsAndReadsNothing()
    {
        using var bench = new SinkBench("http://127.0.0.1:9?db=fieldnet");
        bench.Log.AddSeconds(600, 2, new Random(1));

        await bench.UntilAsync(_ => bench.Waited > TimeSpan.FromMinutes(10));

        Assert.Equal((SinkState.Waiting, 0L), (bench.Sink.Status.State, bench.Sink.Status.Points));
        Assert.Contains("refused", bench.Sink.Status.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(bench.Log.Opened);
    }

    [Fact]
    public async Task Turn_PoisonThatTheServerFallsOver_BlocksNeitherLiveNorBacklog()
    {
        await using var server = new ScriptedServer(static lines => lines.Any(line => line.Contains("value=73.0", StringComparison.Ordinal)) ? (500, "panic") : (204, ""));
        using var bench = new SinkBench($"{server.Address}?db=fieldnet");
        bench.Log.AddSeconds(120, 2, new Random(1));

        await bench.UntilSentAsync();
        bench.Log.AddSeconds(5, 2, new Random(1));
        await bench.UntilSentAsync();

        // 40 heart rates in turn: one of them is 73.
        Assert.Equal(bench.Log.Numbers - (3 * 2), Points(server));
        Assert.Equal(3 * 2, bench.Sink.Status.Rejected);
    }

    [Fact]
    public async Task Turn_MessagesOfOneRead_StayTwoPoints()
    {
        await using var server = new ScriptedServer(static _ => (204, ""));
        using var bench = new SinkBench($"{server.Address}?db=fieldnet");
        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/vitals", """{"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":60}]}""");
        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/vitals", """{"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":61}]}""");

        await bench.UntilSentAsync();

        Assert.Equal(2, Points(server));
    }

    [Fact]
    public async Task Turn_LateNumbersLinksWavesAndEvents_AreWrittenAsTheSchemaSays()
    {
        await using var server = new ScriptedServer(static _ => (204, ""));
        using var bench = new SinkBench($"{server.Address}?db=fieldnet", change: options => options with { Waves = true });
        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/vitals", $$"""{"stamp":{"historical":true,"deviceTimeUs":"{{MemoryLog.FirstUs - 5_000_000}}"},"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":60}]}""");
        bench.Log.Add("fieldnet/v1/chu/icu1/_ward/gw1/link", """{"rsrpDbm":-98.5,"rttMs":21,"pci":7,"rat":"NR_SA","serves":["bed-01/mon1"]}""");
        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/wave/MDC_ECG_ELEC_POTL_II", """{"samplePeriodUs":4000,"gain":0.5,"samples":"AQACAACA"}""");
        await File.WriteAllTextAsync(
            bench.Options.Events,
            """
            {"n":1,"t":"2026-01-02T03:04:05.000006Z","kind":"alarm","what":"device","subject":"chu/icu1/bed-03/mon1","cause":"","severity":"high","phase":"start","beds":["icu1/bed-03"],"evidence":{"text":"HR \"low\""},"id":"ab12"}
            {"n":2,"t":"2026-01-02T03:04:05.000006Z","kind":"link","what":"silent","subject":"broker","cause":"backhaul","severity":"low","phase":"end","beds":[],"evidence":{},"id":"cd34"}
            {"n":3,"t":"2026-
            """,
            TestContext.Current.CancellationToken);

        await bench.UntilSentAsync();

        Assert.Equal(
            [
                """alarm,bed=bed-03,device=mon1,phase=start,severity=high,site=chu,ward=icu1,what=device active=1i,number=1i,id="ab12",evidence="{\"text\":\"HR \\\"low\\\"\"}" 1767323045000006001""",
                """event,device=broker,kind=link,phase=end,severity=low,what=silent active=0i,number=2i,id="cd34",cause="backhaul",evidence="{}" 1767323045000006002""",
                "numeric,bed=bed-01,device=mon1,signal=MDC_ECG_HEART_RATE,site=chu,ward=icu1 value=60.0,late=1i 1749999995000000001",
                """link,bed=_ward,device=gw1,site=chu,ward=icu1 rsrp_dbm=-98.5,rtt_ms=21.0,pci=7i,rat="NR_SA" 1750000000000000002""",
                "wave,bed=bed-01,device=mon1,signal=MDC_ECG_ELEC_POTL_II,site=chu,ward=icu1 value=0.5 1749999999988000003",
                "wave,bed=bed-01,device=mon1,signal=MDC_ECG_ELEC_POTL_II,site=chu,ward=icu1 value=1.0 1749999999992000003",
            ],
            server.Taken.SelectMany(lines => lines));
    }

    [Fact]
    public void Constructor_DamagedLedger_SaysWhatToDo()
    {
        using var bench = new SinkBench("http://127.0.0.1:9?db=fieldnet");
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Options.Ledger)!);
        File.WriteAllText(bench.Options.Ledger, "{\"Live\":");

        var damaged = Assert.Throws<InvalidDataException>(bench.Crash);

        Assert.Contains("move it away", damaged.Message, StringComparison.Ordinal);
    }

    private static int Points(ScriptedServer server) => server.Taken.SelectMany(lines => lines).Select(Point).Distinct().Count();

    /// <summary>What a server tells points apart by: everything but the fields.</summary>
    private static (string Series, string Time) Point(string line) => (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[line.LastIndexOf(' ')..]);

    private static long TimeUs(string line) => long.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), System.Globalization.CultureInfo.InvariantCulture) / 1_000;
}

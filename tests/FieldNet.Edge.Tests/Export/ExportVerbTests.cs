using System.CommandLine;
using FieldNet.Capture.Inspection;
using FieldNet.Capture.Wfdb;
using FieldNet.Edge.Verbs;
using FieldNet.Telemetry.Wire;

namespace FieldNet.Edge.Tests.Export;

public sealed class ExportVerbTests : IDisposable
{
    private const string Ecg = "icu1/bed-03/mon1/wave/MDC_ECG_ELEC_POTL_II";
    private const string Pleth = "icu1/bed-03/mon1/wave/MDC_PULS_OXIM_PLETH";
    private const int Chunks = 40, ChunkUs = 100_000;

    private readonly WrittenLog _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-out-").FullName;
    private readonly string _output;

    public ExportVerbTests() => _output = Path.Combine(_folder, "out");

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Export_Wfdb_HasEverySampleSentWhereItWasMeasured()
    {
        var (ecg, pleth) = WriteWaves(seed: 7);
        File.WriteAllText(
            Path.Combine(_log.Folder, "events.jsonl"),
            """{"n":1,"t":"2026-03-01T08:00:02.000000Z","kind":"alarm","what":"device","subject":"chu/icu1/bed-03/mon1","cause":"","severity":"high","phase":"start","beds":["icu1/bed-03"],"evidence":{"text":"Asystole"},"id":"a1"}""" + "\n"
            + """{"n":2,"t":"2026-03-01T08:00:02.500000Z","kind":"link","what":"silent","subject":"chu/icu1/bed-04/mon1","cause":"","severity":"low","phase":"start","beds":["icu1/bed-04"],"evidence":{},"id":"a2"}""" + "\n"
            + """{"n":3,"t":"2026-03""");

        Assert.Equal(0, await ExportAsync("wfdb"));

        var header = Path.Combine(_output, "chu_icu1_bed-03.hea");
        var (record, inspection) = (WfdbRecord.Read(header), WfdbInspection.Read(header));
        Assert.Empty(inspection.Problems);
        Assert.Equal(["MDC_ECG_ELEC_POTL_II", "MDC_PULS_OXIM_PLETH"], record.Signals.Select(s => s.Description));
        Assert.Equal([500.0, 125.0], inspection.Signals.Select(s => s.SamplesPerSecond));
        Assert.Equal(("mV", 200.0, 100), (record.Signals[0].Unit, record.Signals[0].Gain, record.Signals[0].Baseline));
        Assert.Equal(0.5, record.Signals[0].ToPhysical(200));
        Assert.Equal(ecg, Present(record, 0, ecg.Length));
        Assert.Equal(pleth, Present(record, 1, pleth.Length));
        Assert.Equal(ecg.Count(v => v == WfdbRecord.Missing) + record.Samples[0].Length - ecg.Length, inspection.Signals[0].Missing);
        // The fastest message takes 20 ms, which no clock can tell from an offset.
        Assert.InRange(((DateTimeOffset)record.Header.Start! - DateTimeOffset.UnixEpoch).TotalMicroseconds - WrittenLog.StartUs, 10_000, 21_000);
        var note = Assert.Single(WfdbAnnotations.Read(Path.Combine(_output, "chu_icu1_bed-03.events")));
        Assert.Equal(22, note.Code);
        Assert.InRange(note.Sample / record.Header.FramesPerSecond, 1.9, 2.0);
        Assert.StartsWith("alarm/device start high chu/icu1/bed-03/mon1", note.Text, StringComparison.Ordinal);
        Assert.Contains("Not of a patient: mode demo", record.Header.Comments);
        Assert.DoesNotContain(Directory.EnumerateFiles(_output), f => f.Contains("scratch", StringComparison.Ordinal));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_output, "events.csv")).Length);
    }

    [Fact]
    public async Task Export_Csv_HasTheSameSamplesAsRows()
    {
        var (ecg, _) = WriteWaves(seed: 8);

        Assert.Equal(0, await ExportAsync("csv", "--bed", "icu1/bed-03"));

        var rows = File.ReadAllLines(Path.Combine(_output, "waves_chu_icu1_bed-03.csv")).Where(l => l.Contains("ECG", StringComparison.Ordinal)).Select(l => l.Split(','))
            .Order(Comparer<string[]>.Create((a, b) => string.CompareOrdinal(a[0], b[0]))).ToArray();
        Assert.Equal(ecg.Where(v => v != WfdbRecord.Missing).Select(v => (v * 0.005) - 0.5), rows.Select(r => double.Parse(r[6], System.Globalization.CultureInfo.InvariantCulture)), Tolerance);
        Assert.Contains(rows, r => r[8] == "true");
        Assert.All(rows, r => Assert.Equal(["icu1", "bed-03", "mon1", "MDC_ECG_ELEC_POTL_II", "mV"], r[1..6]));
    }

    [Fact]
    public async Task Export_Numerics_AreDatedMarkedAndWrittenOnce()
    {
        for (ulong i = 0; i < 5; i++)
        {
            var measuredUs = WrittenLog.StartUs + ((long)i * 1_000_000);
            _log.Publish("icu1/bed-03/mon1/vitals", measuredUs + 20_000, Vitals(WrittenLog.Stamp(i, measuredUs, measuredUs), 90 + i));
        }

        var repeated = WrittenLog.Stamp(4, WrittenLog.StartUs + 4_000_000, WrittenLog.StartUs + 4_000_000);
        _log.Publish("icu1/bed-03/mon1/vitals", WrittenLog.StartUs + 4_030_000, Vitals(repeated, 94));
        var late = WrittenLog.Stamp(5, WrittenLog.StartUs + 2_500_000, WrittenLog.StartUs + 9_000_000, historical: true);
        _log.Publish("icu1/bed-03/mon1/vitals", WrittenLog.StartUs + 9_020_000, Vitals(late, 99.5));

        Assert.Equal(0, await ExportAsync("csv"));

        Assert.Equal(
            "time,ward,bed,device,signal,unit,value,validity,late,mode\r\n"
            + string.Concat(Enumerable.Range(0, 5).Select(i => $"2026-03-01T08:00:0{i}.020000Z,icu1,bed-03,mon1,MDC_PULS_OXIM_SAT_O2,%,9{i},questionable,false,demo\r\n"))
            + "2026-03-01T08:00:02.520000Z,icu1,bed-03,mon1,MDC_PULS_OXIM_SAT_O2,%,99.5,questionable,true,demo\r\n",
            File.ReadAllText(Path.Combine(_output, "numerics.csv")));
    }

    [Fact]
    public async Task Export_OtherBedOrOtherSpan_HasNothing()
    {
        WriteWaves(seed: 9);

        Assert.Equal(0, await ExportAsync("wfdb", "--bed", "bed-04"));

        Assert.Equal(["events.csv", "numerics.csv"], Directory.EnumerateFiles(_output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_WhatCannotBe_ExitsWithTheCodeOfItsFault()
    {
        _log.Close();
        Directory.CreateDirectory(_output);
        File.WriteAllText(Path.Combine(_output, "mine.txt"), "");

        Assert.Equal(2, await ExportAsync("csv"));
        Assert.Equal(2, await ExportAsync("csv", "--bed", "a/b/c/d", "--out", Path.Combine(_folder, "none")));
        Assert.Equal(2, await ExportAsync("csv", "--data", _output, "--out", Path.Combine(_folder, "none")));
        Assert.Equal(2, await ExportAsync("csv", "--data", "/nowhere", "--out", Path.Combine(_folder, "none")));
        Assert.Equal(2, await ExportAsync("csv", "--to-time", "2026-03-01", "--out", Path.Combine(_folder, "none")));
        Assert.Equal(2, await ExportAsync("edf", "--out", Path.Combine(_folder, "none")));
        Assert.Equal(3, await ExportAsync("csv", "--out", "/dev/null/none"));
    }

    /// <summary>
    /// Both waves in chunks of 100 ms with jitter; chunk 7 is lost, 9 comes twice, 15 to 19 come as a backlog behind everything.
    /// What is returned is what must come out: lost ones missing.
    /// </summary>
    private (int[] Ecg, int[] Pleth) WriteWaves(int seed)
    {
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var waves = (Ecg: Samples(random, Chunks * 50), Pleth: Samples(random, Chunks * 12 + Chunks / 2));
        long previousUs = 0;
        int[] order = [.. Enumerable.Range(0, Chunks).Where(i => i is not (7 or (>= 15 and <= 19))), 15, 16, 17, 18, 19];
        foreach (var chunk in order)
        {
            var measuredUs = WrittenLog.StartUs + ((long)chunk * ChunkUs);
            var late = chunk is >= 15 and <= 19;
            var sentUs = late ? WrittenLog.StartUs + 6_000_000 : measuredUs + ChunkUs;
            // The first is as fast as can be, so that the clocks' offset is known from the start.
            previousUs = Math.Max(previousUs, sentUs + 20_000 + (chunk == 0 ? 0 : random.Next(180_000)));
            for (var times = chunk == 9 ? 2 : 1; times > 0; times--)
            {
                Publish(Ecg, chunk, measuredUs, sentUs, previousUs, late, 2_000, waves.Ecg[(chunk * 50)..((chunk + 1) * 50)]);
                var (from, to) = (chunk * 25 / 2, (chunk + 1) * 25 / 2);
                Publish(Pleth, chunk, WrittenLog.StartUs + (from * 8_000L), sentUs, previousUs, late, 8_000, waves.Pleth[from..to]);
            }
        }

        _log.Close();
        return (Lost(waves.Ecg, 350, 400), Lost(waves.Pleth, 87, 100));
    }

    private void Publish(string topic, int seq, long measuredUs, long sentUs, long receiveUs, bool late, double periodUs, short[] samples) =>
        _log.Publish(topic, receiveUs, WrittenLog.Wave(WrittenLog.Stamp((ulong)seq, measuredUs, sentUs, late), periodUs, samples));

    private static short[] Samples(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-32767, 32768))];

    private static int[] Lost(short[] samples, int from, int to) => [.. samples.Select((v, i) => i >= from && i < to ? WfdbRecord.Missing : v)];

    /// <summary>The record's samples from the first that is there; before and behind them there may be a part of a frame.</summary>
    private static int[] Present(WfdbRecord record, int signal, int count) =>
        [.. record.Samples[signal].SkipWhile(v => v == WfdbRecord.Missing).Take(count)];

    private static bool Tolerance(double a, double b) => Math.Abs(a - b) < 1e-9;

    private static Vitals Vitals(Stamp stamp, double value) => new()
    {
        Stamp = stamp,
        Numerics = { new Numeric { Signal = "MDC_PULS_OXIM_SAT_O2", Value = value, Validity = Validity.Questionable } },
    };

    private Task<int> ExportAsync(string format, params string[] more)
    {
        List<string> args = ["export", "--data", _log.Folder, "--from", "2026-03-01T07:00:00Z", "--to-time", "2026-03-01T09:00:00Z", "--format", format, "--out", _output];
        _log.Close();
        foreach (var (option, value) in more.Chunk(2).Select(pair => (pair[0], pair[1])))
        {
            var at = args.IndexOf(option);
            if (at >= 0)
            {
                args[at + 1] = value;
            }
            else
            {
                args.AddRange([option, value]);
            }
        }

        return CommandLine.RunAsync(new RootCommand { ExportVerb.Create() }, [.. args], TextWriter.Null);
    }
}

using FieldNet.Capture.Inspection;
using FieldNet.Capture.Wfdb;
using FsCheck;
using FsCheck.Fluent;

namespace FieldNet.Capture.Tests.Wfdb;

public sealed class WfdbWriterTests
{
    private static readonly int[] Formats = [16, 24, 32, 61, 80, 160, 212, 310, 311];

    [Fact]
    public void Write_AnyRecord_ReadsBackAsItWas()
    {
        using var folder = new TemporaryRecord("", "", []);
        string path = Path.GetDirectoryName(folder.HeaderPath)!;
        Prop.ForAll(RandomRecord().ToArbitrary(), record =>
        {
            using (var writer = new WfdbWriter(path, "w-1", record.Rate, record.Signals, record.Start))
            {
                writer.Write(record.Frames);
                writer.Complete(["a comment\nof two lines"]);
            }
            var inspection = WfdbInspection.Read(Path.Combine(path, "w-1.hea"));
            Assert.Empty(inspection.Problems);
            AssertSame(record, Path.Combine(path, "w-1.hea"));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Write_ValueBeyondTheFormat_Throws()
    {
        using var folder = new TemporaryRecord("", "", []);
        using var writer = new WfdbWriter(Path.GetDirectoryName(folder.HeaderPath)!, "w", 100, [new() { File = "w.dat", Format = 212 }]);

        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write([2048]));
    }

    [Fact]
    public void WriteAnnotations_AnyInOrder_ReadBackAsTheyWere()
    {
        using var folder = new TemporaryRecord("", "", []);
        var annotation =
            from gap in Gen.Frequency((3, Gen.Choose(0, 2000)), (1, Gen.Choose(0, int.MaxValue)))
            from code in Gen.Choose(1, 49)
            from subtype in Gen.Choose(-128, 127)
            from channel in Gen.Choose(0, 255)
            from number in Gen.Choose(-128, 127)
            from text in Gen.Choose(1, 255).Select(c => (char)c).ArrayOf()
            select (Gap: (long)gap, Annotation: new WfdbAnnotation(0, code, subtype, channel, number, new string(text).TrimEnd('\0')));
        Prop.ForAll(annotation.ArrayOf().ToArbitrary(), drawn =>
        {
            long time = 0;
            WfdbAnnotation[] annotations = [.. drawn.Select(d => d.Annotation with { Sample = time += d.Gap })];
            WfdbAnnotationWriter.Write(folder.DataPath, annotations);
            return WfdbAnnotations.Read(folder.DataPath).SequenceEqual(annotations);
        }).QuickCheckThrowOnFailure();
    }

    private static void AssertSame(RandomFrames record, string header)
    {
        using var reader = WfdbRecordReader.Open(header);
        List<int>[] read = [.. record.Signals.Select(_ => new List<int>())];
        while (reader.TryRead())
        {
            for (int i = 0; i < read.Length; i++)
            {
                read[i].AddRange(reader.Block.Samples(i));
            }
        }
        int perFrame = record.Signals.Sum(s => s.SamplesPerFrame);
        int at = 0;
        for (int i = 0; i < read.Length; i++)
        {
            int each = record.Signals[i].SamplesPerFrame;
            int place = at;
            var sent = record.Frames.Chunk(perFrame).SelectMany(f => f.Skip(place).Take(each));
            at += each;
            var (was, isNow) = (record.Signals[i], reader.Signals[i]);
            Assert.Equal(sent, read[i]);
            Assert.Equal((was.Gain, was.Baseline, was.Unit, was.Description, was.Format), (isNow.Gain, isNow.Baseline, isNow.Unit, isNow.Description, isNow.Format));
        }
        Assert.Equal((record.Rate, record.Start), (reader.Header.FramesPerSecond, reader.Header.Start));
        Assert.Equal("a comment of two lines", Assert.Single(reader.Header.Comments));
    }

    private static Gen<RandomFrames> RandomRecord() =>
        from seed in Gen.Choose(0, int.MaxValue)
        select RandomFrames.From(new Random(seed));

    private sealed record RandomFrames(double Rate, DateTimeOffset Start, WfdbSignal[] Signals, int[] Frames)
    {
        public static RandomFrames From(Random random)
        {
            var signals = new WfdbSignal[random.Next(1, 6)];
            for (int i = 0; i < signals.Length; i++)
            {
                // Now and then two signals share a file.
                var before = i > 0 && random.Next(2) == 0 ? signals[i - 1] : null;
                signals[i] = new()
                {
                    File = before?.File ?? $"w-1_{i}.dat",
                    Format = before?.Format ?? Formats[random.Next(Formats.Length)],
                    SamplesPerFrame = random.Next(1, 5),
                    Gain = Math.Round(random.NextDouble() * 1000, 3) + 0.001,
                    Baseline = random.Next(-5000, 5000),
                    Unit = "mm[Hg]",
                    Description = $"signal {i}, of {random.Next()}",
                };
            }
            int frames = random.Next(1, 3000);
            var values = new List<int>();
            for (int frame = 0; frame < frames; frame++)
            {
                foreach (var signal in signals)
                {
                    var (least, most) = WfdbSampleFormat.Range(signal.Format);
                    for (int i = 0; i < signal.SamplesPerFrame; i++)
                    {
                        values.Add((int)random.NextInt64(least, (long)most + 1));
                    }
                }
            }
            return new(random.Next(1, 1000) / 8.0, DateTimeOffset.UnixEpoch.AddMilliseconds(random.NextInt64(4_000_000_000_000)), signals, [.. values]);
        }
    }
}

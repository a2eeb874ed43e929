using FieldNet.Capture.Inspection;
using FieldNet.Capture.Wfdb;
using FieldNet.TestKit;

namespace FieldNet.Capture.Tests.Wfdb;

/// <summary>Damaged records: what can be read is, the rest is said, and nothing else is thrown than the sentences of the format.</summary>
public sealed class WfdbDamageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("r 1 250 10\nr.dat 16 200")]
    [InlineData("r 1 250 4000000000000\nr.dat 16 200")]
    [InlineData("r 1 250 9223372036854775807\nr.dat 16 200")]
    [InlineData("r 1 1e-300 10\nr.dat 16x1000000:2147483647 200")]
    [InlineData("r/2 1 250 5\n~ 4000000000000\n~ 1")]
    [InlineData("r/1 1 250 5\nr 5")]
    [InlineData("r 1 250 10\n- 16 200")]
    [InlineData("r 1 250 10 99:99:99 31/02/2026\nr.dat 16+2147483647 200")]
    [InlineData("r 1 250 10\nr.dat 516 200")]
    public void Inspect_HostileHeader_GivesASentenceOrWhatIsThere(string header)
    {
        using var folder = new TemporaryRecord("", "", [1, 2, 3, 4]);
        File.WriteAllText(folder.HeaderPath, header);

        var said = Record.Exception(() => WfdbInspection.Read(folder.HeaderPath));

        Assert.True(said is null or WfdbFormatException or FlacUnavailableException, $"{said}");
    }

    [Fact]
    public void Inspect_FileWithAThousandSkews_IsRefused()
    {
        string signals = string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"r.dat 16:{i}"));
        using var folder = new TemporaryRecord("r 1000 250 10", signals, new byte[20_000]);

        Assert.Throws<WfdbFormatException>(() => WfdbInspection.Read(folder.HeaderPath));
    }

    /// <summary>Every record of the samples, each of its files cut or with flipped bits.</summary>
    [Fact]
    public void Inspect_RealRecordsDamaged_ThrowOnlySentences()
    {
        const int seed = 4;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        string? path = SharedData.Find("wfdb");
        Assert.SkipUnless(path is not null, SharedData.Absent);
        var random = new Random(seed);
        foreach (string file in Directory.EnumerateFiles(path, "*.hea", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var folder = new TemporaryRecord("", "", []);
            foreach (string part in Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Where(p => new FileInfo(p).Length < 100_000))
            {
                folder.Write(Path.GetFileName(part), Damaged(File.ReadAllBytes(part), random));
            }
            string damaged = Path.Combine(Path.GetDirectoryName(folder.HeaderPath)!, Path.GetFileName(file));

            var said = Record.Exception(() => WfdbInspection.Read(damaged));

            Assert.True(said is null or WfdbFormatException or FlacUnavailableException or FileNotFoundException, $"{file}: {said}");
        }
    }

    [Fact]
    public void Inspect_FlacCut_SaysWhereAndHasTheSamplesBefore()
    {
        string? path = SharedData.Find("wfdb/mixedsignals_r.dat");
        Assert.SkipUnless(path is not null, SharedData.Absent);
        Assert.SkipUnless(FlacLibrary.IsHere, "libFLAC is not on this machine.");
        byte[] whole = File.ReadAllBytes(path);
        using var folder = new TemporaryRecord("r 1 62.4725 14400", "r.dat 516 4093(2)/Ohm 12 2048 0 35395 0 Resp", whole[..(whole.Length / 2)]);
        whole[whole.Length / 2] ^= 1;
        folder.Write("flipped.hea", "flipped 1 62.4725 14400\nflipped.dat 516");
        folder.Write("flipped.dat", whole);

        var cut = WfdbInspection.Read(folder.HeaderPath);
        var flipped = WfdbInspection.Read(Path.Combine(Path.GetDirectoryName(folder.HeaderPath)!, "flipped.hea"));

        Assert.Contains("r.dat ", Assert.Single(cut.Problems), StringComparison.Ordinal);
        Assert.InRange(cut.Signals[0].Missing, 1, 14_399);
        Assert.Contains("flipped.dat is damaged FLAC behind frame", Assert.Single(flipped.Problems), StringComparison.Ordinal);
        Assert.InRange(flipped.Signals[0].Missing, 1, 14_399);
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        byte[] damaged = random.Next(2) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
        for (int flips = random.Next(4); flips > 0 && damaged.Length > 0; flips--)
        {
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        }
        return damaged;
    }
}

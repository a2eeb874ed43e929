using System.CommandLine;
using FieldNet.Edge.History;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Tests.Verbs;

public sealed class InfluxOptionsTests
{
    [Theory]
    [InlineData("--influx", "influx:8086", "is not an address of http or https")]
    [InlineData("--influx", "ftp://influx?db=x", "is not an address of http or https")]
    [InlineData("--influx", "http://influx:8086", "names no database")]
    [InlineData("--influx", "http://influx:8086?db=", "names no database")]
    [InlineData("--influx", "http://influx:8086?db=x&bucket=y", "names no database")]
    [InlineData("--influx", "http://me:secret@influx:8086?db=x", "may hold no password")]
    [InlineData("--influx-waves", null, "--influx-waves needs --influx.")]
    [InlineData("--influx-token-file", "token", "--influx-token-file needs --influx.")]
    public async Task Read_WrongInput_IsOneSentenceAndExitCode2(string option, string? value, string sentence)
    {
        var (exitCode, said, options) = await ParseAsync(value is null ? [option] : [option, value]);

        Assert.Equal(2, exitCode);
        Assert.Null(options);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Read_TokenFileThatIsNotThereOrEmpty_IsOneSentenceAndExitCode2()
    {
        var empty = Path.GetTempFileName();
        try
        {
            var (missing, _, _) = await ParseAsync("--influx", "http://influx?db=x", "--influx-token-file", empty + ".no");
            var (blank, said, _) = await ParseAsync("--influx", "http://influx?db=x", "--influx-token-file", empty);

            Assert.Equal((2, 2), (missing, blank));
            Assert.Contains("its first line is empty", said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(empty);
        }
    }

    [Fact]
    public async Task Read_WithATokenFile_TakesItsFirstLine()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, " s3cret \nmore", TestContext.Current.CancellationToken);

            var (exitCode, _, options) = await ParseAsync("--influx", "https://influx/prefix/?org=chu&bucket=icu", "--influx-token-file", file, "--influx-waves", "--influx-backlog-rate", "500");

            Assert.Equal(0, exitCode);
            Assert.Equal(("s3cret", true, 500), (options!.Token, options.Waves, options.BacklogPointsPerSecond));
            Assert.Equal("https://influx/prefix/", options.Target.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Read_Nothing_SendsNothing() => Assert.Equal((0, (InfluxLinkOptions?)null), (await ParseAsync()) is var (code, _, options) ? (code, options) : default);

    private static async Task<(int ExitCode, string Said, InfluxLinkOptions? Options)> ParseAsync(params string[] arguments)
    {
        var influx = new InfluxOptions();
        var root = new RootCommand();
        foreach (var option in influx.All)
        {
            root.Options.Add(option);
        }

        InfluxLinkOptions? read = null;
        root.SetAction(parsed => { read = influx.Read(parsed); });
        using var said = new StringWriter();
        return (await CommandLine.RunAsync(root, arguments, said), said.ToString(), read);
    }
}

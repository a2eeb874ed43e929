using System.CommandLine;
using FieldNet.Capture.Log;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Tests.Verbs;

public sealed class LogOptionsTests
{
    [Theory]
    [InlineData("--keep-waves", "5", "takes an age of a minute or more, such as 90m, 72h or 90d; '5' is none.")]
    [InlineData("--keep-waves", "10s", "takes an age of a minute or more")]
    [InlineData("--keep-facts", "-3d", "takes an age of a minute or more")]
    [InlineData("--keep-facts", "0.001m", "takes an age of a minute or more")]
    [InlineData("--log-size", "10", "takes a size of 16MiB or more, such as 500MB, 20GB or 64GiB; '10' is none.")]
    [InlineData("--log-size", "1MB", "takes a size of 16MiB or more")]
    [InlineData("--disk-high", "5", "must lie between 10 and 99; 5 does not.")]
    [InlineData("--beds", "-1", "must lie between 0 and 4096; -1 does not.")]
    public async Task Read_WrongInput_IsOneSentenceAndExitCode2(string option, string value, string sentence)
    {
        var (exitCode, said, options) = await ParseAsync(option, value);

        Assert.Equal(2, exitCode);
        Assert.Null(options);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_All_AreTaken()
    {
        var (_, _, options) = await ParseAsync("--keep-waves", "90m", "--keep-facts", "30d", "--log-size", "1.5GiB", "--disk-high", "80", "--beds", "64");

        Assert.Equal((TimeSpan.FromMinutes(90), TimeSpan.FromDays(30)), (options!.KeepWaves, options.KeepFacts));
        Assert.Equal(3L << 29, options.MaxBytes);
        Assert.Equal(0.8, options.HighShare);
        Assert.Equal(256L << 20, options.BallastBytes);
    }

    [Fact]
    public async Task Read_Nothing_IsThePreset()
    {
        var (_, _, options) = await ParseAsync();

        Assert.Equal(LogOptions.Preset, options);
        Assert.Equal(TimeSpan.FromHours(72), options!.KeepWaves);
    }

    private static async Task<(int ExitCode, string Said, CaptureLogOptions? Options)> ParseAsync(params string[] arguments)
    {
        CaptureLogOptions? read = null;
        var (root, log) = (new RootCommand(), new LogOptions());
        foreach (var option in log.All)
        {
            root.Options.Add(option);
        }

        root.SetAction(parsed => read = log.Read(parsed));
        using var said = new StringWriter();
        return (await CommandLine.RunAsync(root, arguments, said), said.ToString(), read);
    }
}

using System.CommandLine;
using FieldNet.Edge.History;
using FieldNet.History.LineProtocol;

namespace FieldNet.Edge.Verbs;

/// <summary>The options of <c>serve</c> and <c>demo</c> that name a time-series server.</summary>
internal sealed class InfluxOptions
{
    /// <summary>Where the token is looked for when no file is given.</summary>
    public const string TokenVariable = "FIELDNET_INFLUX_TOKEN";

    private readonly Option<string?> _influx = new("--influx")
    {
        Description = "Send the history to this InfluxDB-compatible server, too: http://HOST:8086?db=NAME, or ?org=NAME&bucket=NAME for InfluxDB 2.",
        HelpName = "URL",
    };

    private readonly Option<string?> _tokenFile = new("--influx-token-file")
    {
        Description = $"File whose first line is the token there, or user:password. Default: the variable {TokenVariable}.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _waves = new("--influx-waves") { Description = "Waveforms, too: some 250 points a second for each." };

    private readonly Option<int> _rate = VerbOptions.InRange("--influx-backlog-rate", "Most points a second of what live data have overtaken.", 20_000, 100, 10_000_000);

    public IReadOnlyList<Option> All => [_influx, _tokenFile, _waves, _rate];

    /// <returns>Null without <c>--influx</c>.</returns>
    /// <exception cref="BadArgumentException">An address that is none, a file that can't be read, or an option that needs <c>--influx</c>.</exception>
    public InfluxLinkOptions? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_influx) is not { } text)
        {
            return All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } alone
                ? throw new BadArgumentException($"{alone.Name} needs --influx.")
                : null;
        }

        if (!LineTarget.TryParse(text, out var target, out var why))
        {
            throw new BadArgumentException($"--influx {Shown(text)} {why}.");
        }

        return new InfluxLinkOptions { Target = target, Token = Token(parsed.GetValue(_tokenFile)), Waves = parsed.GetValue(_waves), BacklogPointsPerSecond = parsed.GetValue(_rate) };
    }

    /// <summary>A password that should not have been there is not repeated.</summary>
    private static string Shown(string text) => text.Contains('@', StringComparison.Ordinal) ? "URL" : $"'{text}'";

    private static string? Token(string? file)
    {
        try
        {
            var token = file is null ? Environment.GetEnvironmentVariable(TokenVariable) : File.ReadLines(file).FirstOrDefault()?.Trim();
            return !string.IsNullOrEmpty(token) ? token
                : file is null ? null
                : throw new BadArgumentException($"--influx-token-file {file}: its first line is empty.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"--influx-token-file {file} can't be read: {unreadable.Message}");
        }
    }
}

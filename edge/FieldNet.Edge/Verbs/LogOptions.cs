using System.CommandLine;
using System.Globalization;
using FieldNet.Capture.Log;

namespace FieldNet.Edge.Verbs;

/// <summary>The options of <c>serve</c> that bound the log: ages, bytes, and what is done when the disk fills.</summary>
internal sealed class LogOptions
{
    /// <summary>Two hours of a bed: vitals every second and a complete alarm report every 10 s come to 0.5 KB/s in the log.</summary>
    private const long BallastBytesOfABed = 4L * 1024 * 1024;

    private const int PresetBeds = 12;
    private const long LeastMaxBytes = 16L * 1024 * 1024;

    private readonly Option<TimeSpan?> _waves = Age("--keep-waves", "How long waveforms are kept (72h, 7d). Default: 72h.");
    private readonly Option<TimeSpan?> _facts = Age("--keep-facts", "How long everything else is kept (90d). Default: 90d.");
    private readonly Option<long?> _bytes = Bytes("--log-size", "Most that the log may take of the disk (20GB). Default: four fifths of what is free for it at the start.");
    private readonly Option<int> _high = VerbOptions.InRange("--disk-high", "From this share of the disk or of --log-size, percent, old waveforms go before their age.", 90, 10, 99);
    private readonly Option<int> _beds = VerbOptions.InRange("--beds", "Beds of the ward: for each 4 MiB, two hours of vitals and alarms, are held back for a full disk.", PresetBeds, 0, 4096);

    public static CaptureLogOptions Preset { get; } = new() { BallastBytes = PresetBeds * BallastBytesOfABed };

    public IReadOnlyList<Option> All => [_waves, _facts, _bytes, _high, _beds];

    public CaptureLogOptions Read(ParseResult parsed) => new()
    {
        KeepWaves = parsed.GetValue(_waves) ?? Preset.KeepWaves,
        KeepFacts = parsed.GetValue(_facts) ?? Preset.KeepFacts,
        MaxBytes = parsed.GetValue(_bytes) ?? 0,
        HighShare = parsed.GetValue(_high) / 100.0,
        BallastBytes = parsed.GetValue(_beds) * BallastBytesOfABed,
    };

    private static Option<TimeSpan?> Age(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "72h",
        CustomParser = result => Number(result.Tokens[0].Value, out var unit) is { } number && UnitOfTime(unit) is { } each && number * each >= 60 && number * each < 1e9
            ? TimeSpan.FromSeconds(number * each)
            : Fail<TimeSpan?>(result, $"{name} takes an age of a minute or more, such as 90m, 72h or 90d; '{result.Tokens[0].Value}' is none."),
    };

    private static Option<long?> Bytes(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "20GB",
        CustomParser = result => Number(result.Tokens[0].Value, out var unit) is { } number && UnitOfBytes(unit) is { } each && number * each is >= LeastMaxBytes and < 1e18
            ? (long)(number * each)
            : Fail<long?>(result, $"{name} takes a size of 16MiB or more, such as 500MB, 20GB or 64GiB; '{result.Tokens[0].Value}' is none."),
    };

    private static T? Fail<T>(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError(sentence);
        return default;
    }

    private static double? Number(string text, out string unit)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        unit = text[digits..];
        return double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static double? UnitOfTime(string unit) => unit switch { "m" => 60, "h" => 3600, "d" => 86_400, _ => null };

    private static double? UnitOfBytes(string unit) => unit switch
    {
        "MB" => 1e6,
        "GB" => 1e9,
        "TB" => 1e12,
        "MiB" => 1L << 20,
        "GiB" => 1L << 30,
        "TiB" => 1L << 40,
        _ => null,
    };
}

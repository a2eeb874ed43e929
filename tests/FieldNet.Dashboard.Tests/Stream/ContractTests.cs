using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.History;
using FieldNet.Dashboard.Network;
using FieldNet.Dashboard.Replay;
using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard.Tests.Stream;

/// <summary>The page's interfaces and the records that are sent to it have the same names.</summary>
public sealed partial class ContractTests
{
    private static readonly Type[] Types =
    [
        typeof(WatchRequest), typeof(WardFrame), typeof(BedDto), typeof(DeviceDto), typeof(NumericDto), typeof(WaveInfoDto), typeof(AlarmDto),
        typeof(WaveDto), typeof(AgentDto), typeof(SignalDto),
        typeof(ReplayWatchRequest), typeof(ReplayFrame), typeof(ReplayDto), typeof(ReplayControlDto), typeof(ReplayOpenDto), typeof(ReplayTimelineDto),
        typeof(ReplayMarkDto), typeof(CaptureDto), typeof(SeriesListDto), typeof(SeriesDto), typeof(TrendDto), typeof(EventsDto), typeof(WavesDto),
        typeof(WavePieceDto), typeof(NetworkDto), typeof(SourceDto), typeof(PathDto), typeof(IdentityDto), typeof(IdentityChangeDto), typeof(BudgetDto),
        typeof(IncidentDto), typeof(IncidentMarkDto), typeof(WatchdogDto), typeof(WatchdogHopDto), typeof(WatchdogMarkDto),
    ];

    [Fact]
    public void Interfaces_OfThePage_HaveTheRecordsProperties()
    {
        var path = Path.Combine(Root(), "dashboards/web/src/hub/contract.ts");
        Assert.SkipUnless(File.Exists(path), "The page's contract.ts is not here.");
        var interfaces = Interface().Matches(File.ReadAllText(path)).ToDictionary(
            match => match.Groups["name"].Value,
            match => Property().Matches(match.Groups["body"].Value).Select(property => property.Groups["name"].Value).ToArray());

        foreach (var type in Types)
        {
            Assert.True(interfaces.TryGetValue(type.Name, out var properties), $"contract.ts has no interface {type.Name}");
            Assert.Equal(Properties(type), properties!.Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<string> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FieldNet.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex(@"export interface (?<name>\w+) \{(?<body>[^}]*)\}")]
    private static partial Regex Interface();

    [GeneratedRegex(@"^\s*(?<name>\w+)\??:", RegexOptions.Multiline)]
    private static partial Regex Property();
}

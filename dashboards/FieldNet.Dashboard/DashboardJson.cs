using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Health;
using FieldNet.Dashboard.History;
using FieldNet.Dashboard.Network;
using FieldNet.Dashboard.Replay;
using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard;

/// <summary>JSON of the stream and the API: camelCase, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WardFrame))]
[JsonSerializable(typeof(WatchRequest))]
[JsonSerializable(typeof(BedDto))]
[JsonSerializable(typeof(SignalDto[]))]
[JsonSerializable(typeof(AgentReport))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(ReplayFrame))]
[JsonSerializable(typeof(ReplayWatchRequest))]
[JsonSerializable(typeof(ReplayOpenDto))]
[JsonSerializable(typeof(ReplayControlDto))]
[JsonSerializable(typeof(ReplayTimelineDto))]
[JsonSerializable(typeof(CaptureDto[]))]
[JsonSerializable(typeof(SeriesListDto))]
[JsonSerializable(typeof(TrendDto))]
[JsonSerializable(typeof(EventsDto))]
[JsonSerializable(typeof(WavesDto))]
[JsonSerializable(typeof(NetworkDto))]
[JsonSerializable(typeof(IncidentDto[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
internal sealed partial class DashboardJson : JsonSerializerContext
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);

        // Never inside HTML, and served with nosniff: characters need no escape but JSON's own.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}

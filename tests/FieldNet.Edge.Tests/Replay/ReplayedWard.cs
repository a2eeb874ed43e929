using System.CommandLine;
using System.Text.Json;
using FieldNet.Bedside;
using FieldNet.Bedside.Captures;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Tests.Replay;

/// <summary>A capture of some simulated beds, and the verbs on it; made once for all tests of a class.</summary>
public sealed class ReplayedWard : IAsyncLifetime
{
    public const string Begin = "2026-03-01T08:00:00Z";
    public const string Middle = "2026-03-01T08:00:31Z";
    public const string End = "2026-03-01T09:00:00Z";

    public string Folder { get; } = Directory.CreateTempSubdirectory("fieldnet-replay-").FullName;

    public string Whole => PathOf("whole");

    public async ValueTask InitializeAsync() => await SimulatedCapture.WriteAsync(Whole, beds: 6, TimeSpan.FromSeconds(70), SimulationProfile.Full, seed: 4);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    internal static Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        new RootCommand { ReplayVerb.Create(), CutVerb.Create(), DiffVerb.Create(), InspectVerb.Create() }, args, TextWriter.Null);

    /// <summary>The report of a replay that ended well.</summary>
    internal async Task<JsonElement> ReplayAsync(params string[] args)
    {
        var report = PathOf(Guid.NewGuid().ToString("N"));
        Assert.Equal(0, await RunAsync(["replay", .. args, "--json", report]));
        return JsonDocument.Parse(await File.ReadAllBytesAsync(report)).RootElement;
    }

    /// <summary>The events of a replay, line by line.</summary>
    internal async Task<string[]> EventsAsync(params string[] args)
    {
        var events = PathOf(Guid.NewGuid().ToString("N"));
        Assert.Equal(0, await RunAsync(["replay", .. args, "--events", events]));
        return await File.ReadAllLinesAsync(events);
    }

    internal async Task<string> CutAsync(string name, string from, string to, params string[] more)
    {
        var output = PathOf(name);
        Assert.Equal(0, await RunAsync(["cut", Whole, "--from", from, "--to-time", to, "--out", output, .. more]));
        return output;
    }
}

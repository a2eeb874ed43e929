using System.Diagnostics;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>Debian's mosquitto-clients, as a newcomer would use them.</summary>
public sealed class MosquittoTests
{
    private const string Absent = "mosquitto-clients is not installed.";

    [Theory]
    [InlineData("31", 0)]
    [InlineData("311", 0)]
    [InlineData("311", 1)]
    [InlineData("5", 0)]
    [InlineData("5", 1)]
    public async Task MosquittoPub_Version_ArrivesAndEndsWell(string version, int qos)
    {
        Assert.SkipUnless(IsInstalled, Absent);
        await using var host = await EndpointHost.StartAsync();
        const string topic = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals";

        var (exitCode, _) = await RunAsync("mosquitto_pub", "-V", Version(version), "-p", $"{host.Port}", "-q", $"{qos}", "-t", topic, "-m", "{\"numerics\":[]}");

        Assert.Equal(0, exitCode);
        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Close), "close record");
        var record = host.Ingress.Records.Single(r => r.Kind == RecordKind.Publish);
        Assert.Equal((topic, "{\"numerics\":[]}", qos), (record.TopicName, record.Text, record.Qos));
        Assert.Equal("{\"reason\":\"disconnect\",\"leave\":true}", host.Ingress.Records[^1].Text);
        Assert.Empty(host.Ingress.Refusals);
    }

    [Theory]
    [InlineData("31")]
    [InlineData("311")]
    [InlineData("5")]
    public async Task MosquittoSub_Version_GetsRetainedAndLiveMessages(string version)
    {
        Assert.SkipUnless(IsInstalled, Absent);
        await using var host = await EndpointHost.StartAsync();
        await using var publisher = await host.ConnectAsync("pub");
        await publisher.PublishAsync("s/retained", "first"u8.ToArray(), qos: 1, retain: true);

        var subscriber = RunAsync("mosquitto_sub", "-V", Version(version), "-p", $"{host.Port}", "-q", "1", "-t", "s/#", "-C", "2", "-v");
        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Subscribe), "subscription");
        await publisher.PublishAsync("s/live", "second"u8.ToArray(), qos: 1);

        var (exitCode, output) = await subscriber;
        Assert.Equal(0, exitCode);
        Assert.Equal("s/retained first\ns/live second\n", output);
    }

    [Fact]
    public async Task MosquittoPub_LargeAndMany_AllAcknowledged()
    {
        Assert.SkipUnless(IsInstalled, Absent);
        await using var host = await EndpointHost.StartAsync();

        var (exitCode, _) = await RunAsync("mosquitto_pub", "-V", "mqttv5", "-p", $"{host.Port}", "-q", "1", "-t", "big", "-m", new string('x', 100_000), "--repeat", "200");

        Assert.Equal(0, exitCode);
        Assert.Equal(200, host.Ingress.Records.Count(r => r.Kind == RecordKind.Publish && r.Payload.Length == 100_000));
    }

    private static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "mosquitto_pub")));

    private static string Version(string version) => version == "5" ? "mqttv5" : $"mqttv{version}";

    private static async Task<(int ExitCode, string Output)> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, ["-h", "127.0.0.1", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var patience = new CancellationTokenSource(Until.Deadline);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}

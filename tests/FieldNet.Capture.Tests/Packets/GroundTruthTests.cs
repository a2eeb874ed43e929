using System.Text.Json;
using FieldNet.Capture.Packets;
using FieldNet.TestKit;

namespace FieldNet.Capture.Tests.Packets;

/// <summary>Every shared capture of real MQTT, beside what tshark counts in it.</summary>
public sealed class GroundTruthTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_EachSharedCapture_CountsWhatTsharkCounts()
    {
        var folder = SharedData.Find("mqtt");
        Assert.SkipUnless(folder is not null, SharedData.Absent);
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "ground_truth.json")));

        var captures = 0;
        foreach (var capture in truth.RootElement.EnumerateObject())
        {
            var found = PacketCaptureInspection.Read(Path.Combine(folder, capture.Name));
            var versions = Counts(capture.Value.GetProperty("connect_ver"));
            output.WriteLine($"{capture.Name}: {found.Mqtt.Malformed} malformed, {found.Mqtt.LostSegments} lost");

            Assert.Equal(capture.Value.GetProperty("frames").GetInt64(), found.Frames);
            Assert.Equal(versions, found.Mqtt.Versions);
            Assert.Equal(Counts(capture.Value.GetProperty("types")), found.Mqtt.Types);
            Assert.Equal(capture.Value.GetProperty("tcp_streams_with_mqtt").GetInt32(), found.Mqtt.Connections);
            Assert.True(found.Mqtt.Malformed >= capture.Value.GetProperty("malformed_frames").GetInt64(), capture.Name);
            Assert.False(found.Cut, capture.Name);
            if (!versions.ContainsKey("3"))
            {
                // In 3.1 the packets around a subscription have a QoS too, and tshark counts it.
                Assert.Equal(Counts(capture.Value.GetProperty("publish_qos")), found.Mqtt.PublishQos);
            }

            captures++;
        }

        Assert.True(captures > 0);
    }

    private static SortedDictionary<string, long> Counts(JsonElement counts) => new(
        counts.EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetInt64()), StringComparer.Ordinal);
}

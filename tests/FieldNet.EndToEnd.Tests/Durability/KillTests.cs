using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FieldNet.Capture.Log;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>P1: the agent is killed at random instants under load, again and again in one data folder.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int UsualRounds = 5;
    private const int LongRounds = 200;

    /// <summary>A run that is killed takes no checkpoint, so each start of a folder has more to read than the one before.</summary>
    private const int RoundsOfAFolder = 20;
    private const int LongestLifeMs = 1200;
    private const int Beds = 4;

    [Fact]
    public async Task Kill9_AtRandomInstantsUnderLoad_NoAcknowledgedMessageIsLostDoubledOrOutOfOrder()
    {
        const int Seed = 20261122;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var acknowledged = 0;
        for (var left = Soak.Rounds(UsualRounds, LongRounds); left > 0; left -= RoundsOfAFolder)
        {
            acknowledged += await WearOutAsync(Math.Min(left, RoundsOfAFolder), random);
        }

        Assert.True(acknowledged > 1000);
    }

    /// <summary>The lives of one data folder.</summary>
    /// <returns>How many messages were acknowledged.</returns>
    private async Task<int> WearOutAsync(int rounds, Random random)
    {
        using var data = new DataFolder();
        var ledger = new Ledger();
        for (var round = 0; round < rounds; round++)
        {
            await LiveAndDieAsync(data, ledger, random);
            ledger.Check(data.Path);
            output.WriteLine($"round {round}: {ledger.Acknowledged} acknowledged, {ledger.Logged} in the log");
        }

        // All of it once more from the beginning, after a start that found everything and a stop in good order.
        await using (var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path))
        {
            Assert.Equal(0, await agent.StopAsync());
        }

        ledger.CheckAnew(data.Path);
        return ledger.Acknowledged;
    }

    private static async Task LiveAndDieAsync(DataFolder data, Ledger ledger, Random random)
    {
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
        var beds = Enumerable.Range(0, Beds).Select(bed => SendAsync(agent, ledger, bed)).ToList();
        using var life = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + random.Next(LongestLifeMs)));
        await life.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        await agent.KillAsync();
        await Task.WhenAll(beds);
    }

    /// <summary>One bed sends as fast as it is answered, until its connection breaks.</summary>
    private static async Task SendAsync(AgentProcess agent, Ledger ledger, int bed)
    {
        try
        {
            await using var client = await MqttClient.ConnectAsync(
                "127.0.0.1", agent.Mqtt.Port, new MqttClientOptions { ClientId = $"bed-{bed}", Acknowledged = (token, _) => ledger.Acknowledge(bed, token) },
                cancellationToken: TestContext.Current.CancellationToken);
            var topic = Encoding.UTF8.GetBytes(Topic(bed));
            for (var seq = ledger.Next(bed); !client.Closed.IsCompleted;)
            {
                if (client.TryPublish(topic, VitalsStream.Payload(seq), qos: 1, token: seq))
                {
                    seq = ledger.Next(bed);
                }
                else
                {
                    await client.WaitForRoomAsync(TestContext.Current.CancellationToken);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or System.Net.Sockets.SocketException or MqttClientException or ObjectDisposedException or InvalidOperationException)
        {
            // Killed.
        }
    }

    private static string Topic(int bed) => $"fieldnet/v1/chu/icu1/bed-{bed:D2}/mon1/vitals";

    /// <summary>What was acknowledged, and what the log holds of it.</summary>
    private sealed class Ledger
    {
        private readonly ConcurrentQueue<ulong>[] _acknowledged = [.. Enumerable.Range(0, Beds).Select(_ => new ConcurrentQueue<ulong>())];
        private readonly HashSet<ulong>[] _logged = [.. Enumerable.Range(0, Beds).Select(_ => new HashSet<ulong>())];
        private readonly ulong[] _sent = new ulong[Beds];
        private readonly ulong[] _last = new ulong[Beds];
        private long _read;

        public int Acknowledged => _acknowledged.Sum(bed => bed.Count);

        public int Logged => _logged.Sum(bed => bed.Count);

        public ulong Next(int bed) => ++_sent[bed];

        public void Acknowledge(int bed, ulong seq) => _acknowledged[bed].Enqueue(seq);

        /// <summary>Reads on in the log.</summary>
        public void Check(string folder)
        {
            using var reader = LogReader.Open(folder, new TopicTable(), from: _read + 1);
            while (reader.TryRead(out var record))
            {
                Assert.True(record.Number > _read, $"record {record.Number} behind {_read}");
                _read = record.Number;
                for (var bed = 0; record.Kind == RecordKind.Publish && bed < Beds; bed++)
                {
                    if (record.Topic.Name == Topic(bed))
                    {
                        var seq = SeqOf(record.Payload);
                        Assert.True(seq > _last[bed], $"bed {bed}: message {seq} behind {_last[bed]}");
                        _last[bed] = seq;
                        _logged[bed].Add(seq);
                    }
                }
            }

            for (var bed = 0; bed < Beds; bed++)
            {
                Assert.Empty(_acknowledged[bed].Except(_logged[bed]));
            }
        }

        public void CheckAnew(string folder)
        {
            _read = 0;
            Array.Clear(_last);
            Array.ForEach(_logged, bed => bed.Clear());
            Check(folder);
        }

        private static ulong SeqOf(ReadOnlySpan<byte> payload)
        {
            var reader = new Utf8JsonReader(payload);
            using var json = JsonDocument.ParseValue(ref reader);
            return ulong.Parse(json.RootElement.GetProperty("stamp").GetProperty("seq").GetString()!, CultureInfo.InvariantCulture);
        }
    }
}
